import type { Answer, Demand } from '../model/demand.js';
import type { ImportedName, ImportsFrom } from '../model/report.js';

type Result = ImportedName['result'];

const RESULTS: Readonly<Record<Answer['verdict'], Result>> = {
  met: 'ok',
  unmet: 'broken',
  unknown: 'unknown',
};

/** Of several results for one name, the one that a reader needs. */
const GRAVITY: Readonly<Record<Result, number>> = { broken: 0, unknown: 1, elsewhere: 2, ok: 3 };

/** What is listed for an import that needs no name: it loads the module. */
const LOADS = '';

/**
 * What a project imports from workspace packages: by package and entry point, each name with the
 * files that import it. Sorted, so that the same imports give the same bytes.
 *
 * @param answers the project's own imports, and others, which are skipped
 * @param left own imports that the tasks of their providers check
 * @param packageName the name of a provider's package, by project
 */
export function importsOf(
  project: string,
  answers: readonly Answer[],
  left: readonly Demand[],
  packageName: (project: string) => string,
): readonly ImportsFrom[] {
  const groups = new Map<string, Map<string, { result: Result; readonly files: Set<string> }>>();
  const add = (demand: Demand, result: Result): void => {
    if (demand.dependent !== project || demand.member !== undefined) return;
    const key = JSON.stringify([packageName(demand.provider), demand.subpath]);
    const names = groups.get(key) ?? new Map<string, { result: Result; readonly files: Set<string> }>();
    groups.set(key, names);
    const name = demand.name ?? LOADS;
    const known = names.get(name) ?? { result, files: new Set<string>() };
    if (GRAVITY[result] < GRAVITY[known.result]) known.result = result;
    known.files.add(demand.place.file);
    names.set(name, known);
  };
  for (const { demand, verdict } of answers) add(demand, RESULTS[verdict]);
  for (const demand of left) add(demand, 'elsewhere');
  return [...groups]
    .toSorted(([a], [b]) => compare(a, b))
    .map(([key, names]) => {
      const [name, entryPoint] = JSON.parse(key) as [string, string];
      return {
        package: name,
        entryPoint,
        names: [...names].toSorted(([a], [b]) => compare(a, b)).map(entryOf),
      };
    });
}

function entryOf([name, { result, files }]: readonly [
  string,
  { readonly result: Result; readonly files: ReadonlySet<string> },
]): ImportedName {
  return { ...(name !== LOADS && { name }), result, files: [...files].toSorted(compare) };
}

function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
