import type { UnknownModule } from '../../model/required-module.js';
import { defineRule } from '../define-rule.js';

/**
 * Modules that could not be checked for one reason, or a single module whose side effects are
 * unknown.
 */
interface Untraceable {
  readonly reason?: string;
  readonly modules: readonly UnknownModule[];
}

export const untraceableBundle = defineRule<Untraceable>({
  code: 'VE907',
  name: 'untraceable-bundle',
  reference: 'https://tc39.es/ecma426/',
  unknowns: ['untraceable-module'],
  since: '0.1.0',
  severity: 'info',
  title: 'It is unknown whether the built output contains a module that is needed for its side effects.',

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
  'build with source maps, or set the option "metafile" to the file that the bundler writes about the build';
const UNCLEAR_FIX =
  'add the module to the option "requiredModules" if it is needed; otherwise remove the import';

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
  return `"${specifier}" is imported for its side effects, but no built output contains ${file}, and static analysis cannot determine whether it has side effects.`;
}

function untraceable(modules: readonly UnknownModule[], reason: string): string {
  const [first, ...others] = modules;
  return others.length === 0
    ? `${first!.file} is needed for its side effects, but it is unknown whether the built output contains it: ${reason}.`
    : `${modules.length} modules are needed for their side effects, but it is unknown whether the built output contains them: ${reason}.`;
}
