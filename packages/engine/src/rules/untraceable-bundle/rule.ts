import type { UnknownModule } from '../../model/required-module.js';
import { defineRule } from '../define-rule.js';

/** Modules that go unjudged for one reason; without a reason a single one that may do nothing. */
interface Untraceable {
  readonly reason?: string;
  readonly modules: readonly UnknownModule[];
}

export const untraceableBundle = defineRule<Untraceable>({
  code: 'VE907',
  name: 'untraceable-bundle',
  since: '0.1.0',
  severity: 'info',
  title: 'Whether the built output lacks a module that is needed for its side effects cannot be told.',

  find: ({ own, requirements }) =>
    grouped(requirements.unknown).map((data) => ({
      identity: [own.project, data.reason ?? data.modules[0]!.file],
      hits: data.modules.map(({ place }) => ({ project: own.project, place })),
      data,
    })),

  describe: ({ reason, modules }) =>
    reason === undefined
      ? { message: unclear(modules[0]!), evidence: [], fix: { title: UNCLEAR_FIX, edits: [] } }
      : { message: untraceable(modules, reason), evidence: [], fix: { title: UNTRACEABLE_FIX, edits: [] } },
});

const UNTRACEABLE_FIX =
  'build with source maps, or name what the bundler writes about the build in the option "metafile"';
const UNCLEAR_FIX =
  'list the module in the option "requiredModules" if it is needed, else take the import out';

function grouped(unknown: readonly UnknownModule[]): readonly Untraceable[] {
  const groups = new Map<string, { reason?: string; modules: UnknownModule[] }>();
  for (const module of unknown) {
    const { reason, file } = module;
    const key = reason ?? `\0${file}`;
    const group = groups.get(key) ?? { modules: [], ...(reason !== undefined && { reason }) };
    groups.set(key, group);
    group.modules.push(module);
  }
  return [...groups.values()];
}

function unclear({ specifier, file }: UnknownModule): string {
  return `"${specifier}" is imported for its side effects, and no built output contains ${file}, but whether it has any cannot be told.`;
}

function untraceable(modules: readonly UnknownModule[], reason: string): string {
  const [first, ...others] = modules;
  return others.length === 0
    ? `${first!.file} is needed for its side effects, but nothing tells whether the built output contains it: ${reason}.`
    : `${modules.length} modules are needed for their side effects, but nothing tells whether the built output contains them: ${reason}.`;
}
