import { sourceFile, mappedSources } from '../contents/source-map-sources.js';
import type { Demand } from '../model/demand.js';
import type { VerifyOptions } from '../model/options.js';
import type { FilePath, Place } from '../model/place.js';
import type { WorkspacePackage } from '../model/workspace.js';
import { isWithin } from '../read/file-path.js';
import { Locator } from '../report/locate.js';
import type { Run } from '../session.js';
import { imagesOf } from '../ship/docker/find-images.js';
import { viewOf } from '../workspace-view.js';
import type { WorkspaceView } from '../workspace-view.js';
import type { ExplainedPlace } from './explain-export.js';

/** A project that a change of a package, or of one of its names, can break. */
export interface AffectedProject {
  readonly project: string;
  /** The places that import it; empty if the project only depends on one that does. */
  readonly imports: readonly ExplainedPlace[];
  /** The projects through which it is reached, the nearest first; empty for a direct importer. */
  readonly through: readonly string[];
  /** Files of its build output that contain code of the package, by their source maps. */
  readonly bundles: readonly FilePath[];
  /** The Dockerfiles of images that ship the project. */
  readonly images: readonly FilePath[];
}

/** Who a change of a package can break. */
export interface BlastRadius {
  readonly package: string;
  readonly project: string;
  readonly name?: string;
  /** Direct importers first, then the others by distance. */
  readonly affected: readonly AffectedProject[];
  readonly totals: {
    readonly files: number;
    readonly projects: number;
    readonly bundles: number;
    readonly images: number;
  };
}

export interface AffectedByInput {
  readonly run: Run;
  readonly project: string;
  readonly name?: string;
  readonly optionsOf?: (project: string) => VerifyOptions;
}

/**
 * Lists the files, projects, bundles and images that a change of a package, or of one of its exported
 * names, can break. Projects that do not import it themselves are affected through those that do.
 */
export function affectedBy({ run, project, name, optionsOf = () => ({}) }: AffectedByInput): BlastRadius {
  const own = run.packageOf(project)!;
  const view = viewOf(run, { conditions: optionsOf(project).conditions ?? [] });
  const others = run.workspace.packages.filter((pkg) => pkg !== own && !pkg.problem);
  const imports = new Map(others.map((pkg) => [pkg.project, view.demands.of(pkg).demands]));
  const locator = new Locator((file) => run.disk.readText(file));
  const at = ({ file, start, end }: Place): ExplainedPlace => ({
    file,
    ...locator.positionOf({ file, start, end }),
  });
  const direct = new Map<string, readonly ExplainedPlace[]>();
  for (const [importer, demands] of imports) {
    const places = placesOf(demands, project, name).map(at);
    if (places.length > 0) direct.set(importer, places);
  }
  const through = reached(imports, [...direct.keys()], project);
  const affected = [...through].map(([reachedProject, way]): AffectedProject => {
    const pkg = run.packageOf(reachedProject)!;
    return {
      project: reachedProject,
      imports: direct.get(reachedProject) ?? [],
      through: way,
      bundles: bundlesOf(view, pkg, own),
      images: imageFilesOf(view, pkg, optionsOf(reachedProject)),
    };
  });
  const count = (of: (each: AffectedProject) => readonly (string | ExplainedPlace)[]): number =>
    new Set(affected.flatMap((each) => of(each).map((item) => (typeof item === 'string' ? item : item.file))))
      .size;
  return {
    package: own.name ?? project,
    project,
    ...(name !== undefined && { name }),
    affected,
    totals: {
      files: count((each) => each.imports),
      projects: affected.length,
      bundles: count(({ bundles }) => bundles),
      images: count(({ images }) => images),
    },
  };
}

/** Sources count. A project without sources has only its output. */
function placesOf(demands: readonly Demand[], provider: string, name: string | undefined): readonly Place[] {
  const wanted = demands.filter(
    (demand) =>
      demand.provider === provider &&
      demand.member === undefined &&
      (name === undefined || demand.name === name),
  );
  const sources = wanted.filter(({ origin }) => origin === 'source');
  const places = (sources.length > 0 ? sources : wanted).map(({ place }) => place);
  return [
    ...new Map(places.toReversed().map((place) => [`${place.file}:${place.start}`, place])).values(),
  ].toReversed();
}

/** Every project from which the start can be reached by imports, with the way to it. */
function reached(
  imports: ReadonlyMap<string, readonly Demand[]>,
  start: readonly string[],
  provider: string,
): ReadonlyMap<string, readonly string[]> {
  const importers = new Map<string, Set<string>>();
  for (const [project, demands] of imports) {
    for (const demand of demands) {
      const known = importers.get(demand.provider) ?? new Set<string>();
      importers.set(demand.provider, known.add(project));
    }
  }
  const ways = new Map<string, readonly string[]>(start.map((project) => [project, []]));
  for (const [project, way] of ways) {
    for (const importer of importers.get(project) ?? [])
      if (importer !== provider && !ways.has(importer)) ways.set(importer, [project, ...way]);
  }
  return ways;
}

function bundlesOf(
  { run, traces }: WorkspaceView,
  pkg: WorkspacePackage,
  provider: WorkspacePackage,
): readonly FilePath[] {
  if (pkg.outputs.length === 0) return [];
  const built = [...traces.of(pkg).files.keys()].filter((file) =>
    pkg.outputs.some((root) => isWithin(root, file)),
  );
  return built.filter((file) => {
    const mapped = mappedSources(run.disk, file);
    return (
      mapped.kind === 'sources' &&
      mapped.sources.some((source) => {
        const path = sourceFile(run.disk, pkg.root, mapped.map, source);
        return path !== undefined && isWithin(provider.root, path);
      })
    );
  });
}

function imageFilesOf(
  { run }: WorkspaceView,
  pkg: WorkspacePackage,
  { dockerfile }: VerifyOptions,
): readonly FilePath[] {
  const candidates = imagesOf(run.disk, run.workspace, pkg, dockerfile);
  return [...new Set(candidates.map(({ file }) => file))];
}
