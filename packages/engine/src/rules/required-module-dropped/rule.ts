import type { DroppedModule, SideEffectsClaim } from '../../model/required-module.js';
import { defineRule } from '../define-rule.js';
import type { FixIdea } from '../define-rule.js';

export const requiredModuleDropped = defineRule<DroppedModule>({
  code: 'VE305',
  name: 'required-module-dropped',
  since: '0.1.0',
  severity: 'error',
  title: 'A module that is needed for its side effects is in no output.',

  find: ({ own, requirements }) =>
    requirements.dropped.map((module) => ({
      identity: [own.project, module.place.file, module.file],
      hits: [{ project: own.project, place: module.place }],
      data: module,
    })),

  describe: ({ specifier, file, evidence, claim }) => ({
    message:
      specifier === undefined
        ? `This module is listed in "requiredModules", but no built output contains it, so what it does when it is loaded does not happen.`
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
