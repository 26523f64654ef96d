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
    byCause(requirements.dropped).map((modules) => ({
      identity: [own.project, causeOf(modules[0])],
      hits: modules.map(({ place }) => ({ project: own.project, place })),
      ...(modules.every(({ lack }) => lack) ? { atMost: 'warning' as const } : {}),
      data: modules,
    })),

  describe: (modules) => {
    const [{ specifier, file, evidence, claim, lack }] = modules;
    const claims = new Map(modules.flatMap((one) => (one.claim ? [[one.claim.path, one.claim]] : [])));
    return {
      message: messageFor(specifier, file, lack === 'for-consumers' ? claim : undefined),
      evidence: [
        ...evidence.map(({ text, file: read }) => ({
          role: 'contents' as const,
          text,
          place: { file: read, start: 0, end: 0 },
        })),
        ...(claim ? [{ role: 'cause' as const, text: claimText(claim), place: claim.place }] : []),
        ...(claims.size > 1
          ? [
              {
                role: 'again' as const,
                text: claims.size === 2 ? 'one more module' : `${claims.size - 1} more modules`,
              },
            ]
          : []),
      ],
      ...(claim && { fix: claimFix(claim, [...claims.keys()]) }),
    };
  },
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

/** Whatever consumers' bundlers drop has one cause: the field of the manifest. */
function causeOf({ file, lack, claim }: DroppedModule): string {
  return lack === 'for-consumers' && claim ? claim.place.file : file;
}

function byCause(dropped: readonly DroppedModule[]): readonly Dropped[] {
  const files = new Map<string, [DroppedModule, ...DroppedModule[]]>();
  for (const module of dropped) {
    const cause = causeOf(module);
    const known = files.get(cause);
    if (!known) files.set(cause, [module]);
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

/** Adds the modules to the field and keeps its other entries. */
function claimFix({ place, written }: SideEffectsClaim, paths: readonly string[]): FixIdea {
  const list = `[${[...(written || []), ...paths].map((entry) => JSON.stringify(entry)).join(', ')}]`;
  const { file, start, end } = place;
  const named = paths.length === 1 ? `"${paths[0]}"` : `these ${paths.length} modules`;
  return { title: `list ${named} in "sideEffects" of ${file}`, edits: [{ file, start, end, text: list }] };
}
