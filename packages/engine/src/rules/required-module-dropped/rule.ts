import type { DroppedModule, SideEffectsClaim } from '../../model/required-module.js';
import type { FixIdea } from '../../model/fix-idea.js';
import { defineRule } from '../define-rule.js';

/** One module, and all places that ask for it; the first is the most direct. */
type Dropped = readonly [DroppedModule, ...DroppedModule[]];

export const requiredModuleDropped = defineRule<Dropped>({
  code: 'VE305',
  name: 'required-module-dropped',
  since: '0.1.0',
  severity: 'error',
  title: 'A module that is needed for its side effects is in no output.',

  find: ({ own, requirements }) =>
    byFile(requirements.dropped).map((modules) => ({
      identity: [own.project, modules[0].file],
      hits: modules.map(({ place }) => ({ project: own.project, place })),
      data: modules,
    })),

  describe: ([{ specifier, file, evidence, claim }]) => ({
    message:
      specifier === undefined
        ? 'This module is listed in "requiredModules", but no built output contains it, so what it does when it is loaded does not happen.'
        : `"${specifier}" is imported for its side effects, but no built output contains ${file}, so what it does when it is loaded does not happen.`,
    evidence: [
      ...evidence.map(({ text, file: read }) => ({
        role: 'contents',
        text,
        place: { file: read, start: 0, end: 0 },
      })),
      ...(claim ? [{ role: 'dropped', text: claimText(claim), place: claim.place }] : []),
    ],
    ...(claim && { fix: claimFix(claim) }),
  }),
});

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
    ? 'lets bundlers leave out every module of the package that is imported for no name'
    : `does not list ${path}, so that bundlers leave it out where it is imported for no name`;
}

/** The field then lists the module; what it listed before stays. */
function claimFix({ place, written, path }: SideEffectsClaim): FixIdea {
  const list = `[${[...(written || []), path].map((entry) => JSON.stringify(entry)).join(', ')}]`;
  const { file, start, end } = place;
  return { title: `list "${path}" in "sideEffects" of ${file}`, edits: [{ file, start, end, text: list }] };
}
