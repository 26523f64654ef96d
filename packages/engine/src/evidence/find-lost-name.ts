import type { Demand, Served } from '../model/demand.js';
import type { LostName } from '../model/lost-name.js';
import type { ModuleRequest } from '../model/module-record.js';
import { placeOf } from '../model/place.js';
import type { FilePath, Place } from '../model/place.js';
import type { WorkspacePackage } from '../model/workspace.js';
import type { View } from '../surface/view.js';
import type { WorkspaceView } from '../workspace-view.js';

/**
 * Follows `export *` from an entry file to other packages of the workspace. The package whose sources
 * declare the name is the one that lost it. If no sources declare it any more, it is the only package
 * whose names a provider without exports of its own passes on.
 */
export function lostNameOf(
  view: WorkspaceView,
  demand: Demand,
  entry: FilePath,
  phase: View['phase'],
): LostName | undefined {
  const { run } = view;
  const provider = run.packageOf(demand.provider)!;
  const name = demand.name!;
  if (name === 'default' || run.declarations.find(provider, name)) return undefined;
  const mode = demand.mode === 'require' ? 'require' : 'import';
  const reached = starredPackages(view, provider, entry, { phase, mode });
  const last = reached.flatMap((found) => (run.declarations.find(found.pkg, name) ? found : []));
  const only = reached.filter(({ isForwarded }) => isForwarded);
  const [lost, ...more] = last.length > 0 ? last : only;
  if (!lost || more.length > 0) return undefined;
  const offers = [...view.surfaces.of(lost.entry.file, { phase, mode }).names.keys()];
  const { pkg, subpath, star, entry: found } = lost;
  return { project: pkg.project, subpath, star, served: { entry: found, offers } };
}

interface Starred {
  readonly pkg: WorkspacePackage;
  readonly subpath: string;
  readonly entry: Served['entry'];
  readonly star: Place;
  /** Every file on the way only passes names on, from this package alone. */
  readonly isForwarded: boolean;
}

function starredPackages(
  view: WorkspaceView,
  provider: WorkspacePackage,
  entry: FilePath,
  look: View,
): readonly Starred[] {
  const found: Starred[] = [];
  const seen = new Set<FilePath>();
  type Step = {
    readonly file: FilePath;
    readonly owner: WorkspacePackage;
    readonly star?: Place;
    readonly forwards: boolean;
  };
  const pending: Step[] = [{ file: entry, owner: provider, forwards: true }];
  for (let step = pending.shift(); step; step = pending.shift()) {
    if (seen.has(step.file)) continue;
    seen.add(step.file);
    const stars = starsIn(view, step.file);
    const forwards = step.forwards && stars.length === 1 && !hasOwnExports(view, step.file);
    for (const request of stars) {
      const { resolver } = view;
      const to = resolver.resolve(request.specifier, step.file, look);
      const star = step.star ?? placeOf(step.file, request);
      if (to.kind === 'file' && resolver.owns(step.owner, to.file))
        pending.push({ ...step, file: to.file, forwards });
      if (to.kind !== 'package' || to.entry.outcome !== 'file' || to.pkg === provider) continue;
      found.push({
        pkg: to.pkg,
        subpath: to.subpath,
        entry: to.entry,
        star,
        isForwarded: forwards && isLast(view, to.entry.file),
      });
      pending.push({ file: to.entry.file, owner: to.pkg, star, forwards });
    }
  }
  return found;
}

/** `export * from 'x'`, and the call that a compiler makes of it. */
function starsIn(
  { run }: WorkspaceView,
  file: FilePath,
): readonly Pick<ModuleRequest, 'specifier' | 'start' | 'end'>[] {
  const record = run.modules.record(file);
  if (!record) return [];
  const starred = record.commonjs?.starredFrom ?? [];
  return record.requests.filter(
    ({ form, specifier }) => form === 'export-star' || (form === 'require' && starred.includes(specifier)),
  );
}

function hasOwnExports({ run }: WorkspaceView, file: FilePath): boolean {
  const record = run.modules.record(file);
  const assigned = record?.commonjs?.assigned.filter(({ name }) => name !== '__esModule') ?? [];
  return assigned.length > 0 || record?.exports.some(({ kind }) => kind !== 'star') === true;
}

/** Whether the entry file passes nothing on that comes from yet another package alone. */
function isLast(view: WorkspaceView, file: FilePath): boolean {
  return hasOwnExports(view, file) || starsIn(view, file).length !== 1;
}
