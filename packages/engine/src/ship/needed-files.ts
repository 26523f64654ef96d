import type { BundleTrace, ExternalReference } from '../model/bundle-trace.js';
import type { FilePath, Place } from '../model/place.js';
import { namedFilesOf } from '../read/named-files.js';
import type { EntryPoint, WorkspacePackage } from '../model/workspace.js';
import type { NeededFile, NeededPackage } from '../model/shipping.js';
import { forConsumers } from '../resolve/workspace-conditions.js';
import type { WorkspaceView } from '../workspace-view.js';

/**
 * The files that an installed package needs: everything that its entry points and commands load,
 * declarations included. Entry points that only path aliases define are for the workspace itself.
 */
export function neededByConsumers(view: WorkspaceView, own: WorkspacePackage): readonly NeededFile[] {
  const places = new Map([
    ...namedFilesOf(view.run.disk, own).flatMap(({ file, exists, place }) =>
      exists ? [[file, place] as const] : [],
    ),
    ...entryPlaces(forConsumers(view.run.entryPointsOf(own)).filter(({ from }) => from !== 'paths')),
  ]);
  const trace = view.traces.of(own);
  const commands = new Set(trace.roots.filter(({ kind }) => kind === 'command').map(({ file }) => file));
  if (places.size === 0 && commands.size === 0) return [];
  const traced = new Set(trace.roots.map(({ file }) => file));
  const wholeTrace =
    trace.roots.every(({ file }) => places.has(file) || commands.has(file)) &&
    [...places.keys()].every((file) => traced.has(file));
  const files = wholeTrace ? trace.files : view.traces.from(own, [...places.keys(), ...commands]).files;
  return [...files].flatMap(([file, reference]) => {
    if (reference?.kind === 'source-map') return [];
    const entry = places.get(file);
    const by = reference ?? (entry && { place: entry, specifier: '', kind: 'entry' as const });
    return [
      {
        file,
        owner: own,
        soft: reference?.guarded === true || reference?.soft === true,
        ...(by && { by: pick(by) }),
      },
    ];
  });
}

function entryPlaces(entryPoints: readonly EntryPoint[]): ReadonlyMap<FilePath, Place> {
  const variants = entryPoints.flatMap((entryPoint) => entryPoint.variants).filter(({ exists }) => exists);
  return new Map(variants.toReversed().map(({ file, place }) => [file, place]));
}

/** What a project's output needs when it runs. */
export interface NeededToRun {
  readonly files: readonly NeededFile[];
  /** Packages from outside the workspace. */
  readonly packages: readonly NeededPackage[];
}

/**
 * What a project's output needs when it runs: its own files, and the files of the workspace
 * packages that it imports by name, from the imported entry points on. A package that is bundled in
 * is not imported by name.
 */
export function neededToRun(view: WorkspaceView, own: WorkspacePackage): NeededToRun {
  const trace = view.traces.of(own);
  const typesRoots = new Set(trace.roots.filter(({ kind }) => kind === 'types').map(({ file }) => file));
  const needed = new Map<FilePath, NeededFile>();
  const packages = new Map<string, NeededPackage>();
  take(needed, own, trace, (file) => !typesRoots.has(file));
  const asked = new Map<string, { readonly entries: Set<FilePath>; readonly by: ExternalReference }>();
  const pending: (readonly [WorkspacePackage, readonly ExternalReference[]])[] = [[own, trace.externals]];
  for (let next = pending.pop(); next; next = pending.pop()) {
    takePackages(packages, ...next);
    for (const [project, file, reference] of entriesAskedFor(view, ...next)) {
      const known = asked.get(project) ?? { entries: new Set(), by: reference };
      asked.set(project, known);
      if (known.entries.has(file)) continue;
      known.entries.add(file);
      const provider = view.run.packageOf(project)!;
      const inside = view.traces.from(provider, [file]);
      takeManifest(needed, provider, reference);
      take(needed, provider, inside, () => true, reference);
      pending.push([provider, inside.externals]);
    }
  }
  return { files: [...needed.values()], packages: [...packages.values()] };
}

/** Each package once for each file that imports it, by the firmest import. */
function takePackages(
  packages: Map<string, NeededPackage>,
  owner: WorkspacePackage,
  externals: readonly ExternalReference[],
): void {
  for (const { packageName, project, place, specifier, root, ...how } of externals) {
    if (project !== undefined || how.typesOnly || how.guarded) continue;
    if (root.kind === 'page' || root.kind === 'script') continue;
    const key = JSON.stringify([place.file, packageName]);
    const known = packages.get(key);
    if (!known || (known.soft && !how.soft))
      packages.set(key, { name: packageName, owner, place, specifier, soft: how.soft });
  }
}

/** What some of a project's files load of the project, without the files themselves. */
export function neededByFiles(
  view: WorkspaceView,
  own: WorkspacePackage,
  entries: readonly FilePath[],
): readonly NeededFile[] {
  const needed = new Map<FilePath, NeededFile>();
  take(needed, own, view.traces.from(own, entries), () => false);
  return [...needed.values()];
}

function take(
  needed: Map<FilePath, NeededFile>,
  owner: WorkspacePackage,
  trace: BundleTrace,
  isWanted: (file: FilePath) => boolean,
  asking?: ExternalReference,
): void {
  for (const [file, reference] of trace.files) {
    if (needed.has(file) || reference?.typesOnly || reference?.kind === 'source-map') continue;
    if (!reference && !isWanted(file)) continue;
    const by = reference ?? asking;
    const soft = [reference, asking].some((asked) => asked?.soft === true || asked?.guarded === true);
    needed.set(file, { file, owner, soft, ...(by && { by: pick(by) }) });
  }
}

/** Node finds a package by its manifest. */
function takeManifest(
  needed: Map<FilePath, NeededFile>,
  owner: WorkspacePackage,
  by: ExternalReference,
): void {
  const file = owner.published?.file;
  if (file === undefined || needed.has(file)) return;
  needed.set(file, {
    file,
    owner,
    soft: by.soft || by.guarded === true,
    by: { ...pick(by), kind: 'manifest' },
  });
}

/**
 * The entry files of the workspace packages that references by name resolve to. Other rules report
 * what does not resolve.
 */
function entriesAskedFor(
  view: WorkspaceView,
  importer: WorkspacePackage,
  externals: readonly ExternalReference[],
): readonly (readonly [project: string, file: FilePath, reference: ExternalReference])[] {
  return externals.flatMap((reference) => {
    if (reference.project === undefined || reference.project === importer.project || reference.typesOnly)
      return [];
    const { place, specifier } = reference;
    const request = view.run.modules.record(place.file)?.requests.find(({ start }) => start === place.start);
    const mode = request && /^(require|import-equals)/.test(request.form) ? 'require' : 'import';
    const resolution = view.resolver.resolve(specifier, place.file, { phase: 'runtime', mode });
    if (resolution.kind !== 'package' || resolution.entry.outcome !== 'file') return [];
    return [[resolution.pkg.project, resolution.entry.file, reference] as const];
  });
}

function pick({ place, specifier, kind }: NonNullable<NeededFile['by']>): NonNullable<NeededFile['by']> {
  return { place, specifier, kind };
}
