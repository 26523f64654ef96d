import type { FilePath, Place } from '../model/place.js';
import type { EntryPoint, WorkspacePackage } from '../model/workspace.js';
import type { Surfaces } from '../surface/surfaces.js';
import { IMPORT } from '../surface/view.js';
import type { Resolver } from '../resolve/resolver.js';

/** One file to load, as one kind of consumer does. */
export interface LoadCandidate {
  readonly subpath: string;
  readonly conditions: readonly string[];
  readonly file: FilePath;
  readonly mode: 'import' | 'require';
  readonly place: Place;
  /** Conditions that this consumer sets besides those of Node. */
  readonly set: readonly string[];
}

interface CandidateContext {
  readonly surfaces: Surfaces;
  /** Resolves as a consumer does that sets these conditions besides those of Node. */
  resolverFor(conditions: readonly string[]): Resolver;
}

/** Conditions that a program on Node may set. Each one is tried if an entry point has a target for it. */
const OFTEN_SET = ['development', 'production'] as const;

/**
 * The files that Node loads for consumers of a package: for `import`, for `require`, and under the
 * conditions that programs set. Each file is loaded once in each way.
 *
 * @param asked the conditions that the options name
 */
export function loadCandidates(
  { surfaces, resolverFor }: CandidateContext,
  own: WorkspacePackage,
  entryPoints: readonly EntryPoint[],
  asked: readonly string[],
): readonly LoadCandidate[] {
  const found = new Map<string, LoadCandidate>();
  for (const { subpath, variants, from } of entryPoints) {
    if (from === 'paths') continue;
    const offered = new Set(variants.flatMap(({ conditions }) => conditions));
    const sets = [asked, ...OFTEN_SET.filter((each) => offered.has(each)).map((each) => [...asked, each])];
    for (const set of sets) {
      for (const mode of ['import', 'require'] as const) {
        const entry = resolverFor(set).resolveEntry(own, subpath, { mode, phase: 'runtime' });
        if (entry.outcome !== 'file' || !entry.place || !/\.[cm]?js$/.test(entry.file)) continue;
        const { file, conditions, place } = entry;
        // That an ES module can be required is no promise: it must not use a top-level await.
        const isEsm = surfaces.kindOf(file, IMPORT).format === 'esm';
        if (mode === 'require' && isEsm && !conditions.includes('require')) continue;
        const key = `${mode} ${file}`;
        if (!found.has(key)) found.set(key, { subpath, conditions, file, mode, place, set });
      }
    }
  }
  return [...found.values()];
}
