import type { DroppedModule, SideEffectsClaim } from '../../model/required-module.js';
import type { FixIdea } from '../../model/fix-idea.js';
import { defineRule } from '../define-rule.js';

/** One module at all places that need it. The most direct place is the first. */
type Dropped = readonly [DroppedModule, ...DroppedModule[]];

export const requiredModuleDropped = defineRule<Dropped>({
  code: 'VE305',
  name: 'required-module-dropped',
  reference: 'https://webpack.js.org/guides/tree-shaking/',
  since: '0.1.0',
  severity: 'error',
  title: 'A module that is needed for its side effects is not in the built output, or bundlers drop it.',

  find: ({ own, requirements }) =>
    byFile(requirements.dropped).map((modules) => ({
      identity: [own.project, modules[0].file],
      hits: modules.map(({ place }) => ({ project: own.project, place })),
      ...(modules.every(({ lack }) => lack) ? { atMost: 'warning' as const } : {}),
      data: modules,
    })),

  describe: ([{ specifier, file, evidence, claim, lack }]) => ({
    message: messageFor(specifier, file, lack === 'for-consumers' ? claim : undefined),
    evidence: [
      ...evidence.map(({ text, file: read }) => ({
        role: 'contents' as const,
        text,
        place: { file: read, start: 0, end: 0 },
      })),
      ...(claim ? [{ role: 'cause' as const, text: claimText(claim), place: claim.place }] : []),
    ],
    ...(claim && { fix: claimFix(claim) }),
  }),
});

function messageFor(
  specifier: string | undefined,
  file: string,
  claim: SideEffectsClaim | undefined,
): string {
  if (specifier === undefined)
    return 'This module is listed in "requiredModules", but no built output contains it, so its side effects never happen.';
  const needed = `"${specifier}" is imported for its side effects, but`;
  return claim
    ? `${needed} bundlers of consumers drop ${file}, because "sideEffects" of ${claim.place.file} allows it.`
    : `${needed} these never happen, because no built output contains ${file}.`;
}

function byFile(dropped: readonly DroppedModule[]): readonly Dropped[] {
  const files = new Map<string, [DroppedModule, ...DroppedModule[]]>();
  for (const module of dropped) {
    const known = files.get(module.file);
    if (!known) files.set(module.file, [module]);
    else if (module.direct && !known[0].direct) known.unshift(module);
    else known.push(module);
  }
  return [...files.values()];
}

function claimText({ written, path }: SideEffectsClaim): string {
  return written === false
    ? 'allows bundlers to drop every module of the package if no name is imported from it'
    : `does not list ${path}, so bundlers drop it if no name is imported from it`;
}

/** Adds the module to the field and keeps its other entries. */
function claimFix({ place, written, path }: SideEffectsClaim): FixIdea {
  const list = `[${[...(written || []), path].map((entry) => JSON.stringify(entry)).join(', ')}]`;
  const { file, start, end } = place;
  return { title: `list "${path}" in "sideEffects" of ${file}`, edits: [{ file, start, end, text: list }] };
}
