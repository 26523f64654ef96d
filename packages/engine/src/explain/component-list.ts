import { DeclaredKinds } from '../change/declared-kind.js';
import { packageSurface } from '../change/package-surface.js';
import type { LoadReport } from '../model/load-result.js';
import type { VerifyOptions } from '../model/options.js';
import type { NameKind, SurfaceName } from '../model/package-surface.js';
import type { FilePath } from '../model/place.js';
import type { WorkspacePackage } from '../model/workspace.js';
import { Locator } from '../report/locate.js';
import type { Run } from '../session.js';
import { viewOf } from '../workspace-view.js';
import type { WorkspaceView } from '../workspace-view.js';
import type { ExplainedPlace } from './explain-export.js';
import { importsFrom } from './imports-from.js';

/** One exported name, or one that is imported or promised and missing. */
export interface Component {
  readonly name: string;
  /** Absent if nothing declares it any more. */
  readonly kind?: NameKind;
  /** `no`: it is missing. `partly`: some consumers do not get it. `fails`: it does not load, or is not what it is declared to be. */
  readonly available: 'yes' | 'partly' | 'no' | 'fails';
  /** The consumers that do not get it. */
  readonly missingFor?: readonly string[];
  readonly declared?: ExplainedPlace;
  /** The number of files in other projects that import it. */
  readonly importedBy: number;
}

export interface ComponentEntry {
  readonly subpath: string;
  /** The files that `import`, `require` and TypeScript get. */
  readonly files: readonly FilePath[];
  readonly components: readonly Component[];
  /** There may be more names. */
  readonly open?: true;
}

/** What a package exports, name by name. */
export interface ComponentList {
  readonly package: string;
  readonly project: string;
  readonly root: FilePath;
  readonly version?: string;
  readonly entries: readonly ComponentEntry[];
  readonly totals: { readonly modules: number; readonly exports: number; readonly missing: number };
}

export interface ComponentInput {
  readonly run: Run;
  readonly project: string;
  readonly options?: VerifyOptions;
  /** What loading the entry points showed, if they were loaded. */
  readonly loads?: LoadReport | undefined;
}

/**
 * Lists the exported names of a package with their kinds, declarations and importers. Names that the
 * workspace imports and the package does not export are listed as missing.
 */
export function componentList({ run, project, options = {}, loads }: ComponentInput): ComponentList {
  const own = run.packageOf(project)!;
  const view = viewOf(run, { conditions: options.conditions ?? [] });
  const surface = packageSurface(view, own, new DeclaredKinds(run.disk));
  const importers = importersOf(view, own);
  const locator = new Locator((file) => run.disk.readText(file));
  const subpaths = new Set([...surface.entries.map(({ subpath }) => subpath), ...importers.keys()]);
  const failing = failuresOf(loads);
  const entries = [...subpaths].toSorted().map((subpath): ComponentEntry => {
    const entry = surface.entries.find((each) => each.subpath === subpath);
    const users = importers.get(subpath) ?? new Map<string, ReadonlySet<FilePath>>();
    const exported = new Map((entry?.names ?? []).map((each) => [each.name, each]));
    const missing = entry?.open ? [] : [...users.keys()].filter((name) => !exported.has(name));
    const components = [...exported.keys(), ...missing].toSorted().map((name): Component => {
      const found = exported.get(name);
      const place = name === 'default' ? undefined : run.declarations.find(own, name)?.place;
      return {
        name,
        ...(found && { kind: found.kind }),
        available: availability(found, failing(subpath, name)),
        ...(found?.missingFor && { missingFor: found.missingFor }),
        ...(place && { declared: { file: place.file, ...locator.positionOf(place) } }),
        importedBy: users.get(name)?.size ?? 0,
      };
    });
    return {
      subpath,
      files: filesOf(view, own, subpath),
      components,
      ...(entry?.open && { open: true as const }),
    };
  });
  const all = entries.flatMap(({ components }) => components);
  return {
    package: own.name ?? project,
    project,
    root: own.root,
    ...(surface.version !== undefined && { version: surface.version }),
    entries,
    totals: {
      modules: view.traces.of(own).files.size,
      exports: all.filter(({ kind }) => kind !== undefined).length,
      missing: all.filter(({ available }) => available === 'no' || available === 'fails').length,
    },
  };
}

function availability(found: SurfaceName | undefined, fails: boolean): Component['available'] {
  if (!found) return 'no';
  if (fails) return 'fails';
  return found.missingFor ? 'partly' : 'yes';
}

/** Whether loading showed that a name cannot be used. */
function failuresOf(loads: LoadReport | undefined): (subpath: string, name: string) => boolean {
  const broken = new Set(
    (loads?.attempts ?? []).flatMap(({ subpath, outcome }) =>
      outcome.kind === 'loaded' || (outcome.kind === 'failed' && outcome.cause) ? [] : subpath,
    ),
  );
  const mismatched = new Set(
    (loads?.mismatches ?? []).map(({ attempt: { subpath }, name }) => JSON.stringify([subpath, name])),
  );
  return (subpath, name) => broken.has(subpath) || mismatched.has(JSON.stringify([subpath, name]));
}

/** By subpath and name, the files of other projects that import it. */
function importersOf(
  view: WorkspaceView,
  own: WorkspacePackage,
): ReadonlyMap<string, ReadonlyMap<string, ReadonlySet<FilePath>>> {
  const found = new Map<string, Map<string, Set<FilePath>>>();
  for (const { demands } of importsFrom(view, own)) {
    for (const { subpath, name, member, place, origin, soft } of demands) {
      if (name === undefined || member || origin !== 'source' || soft) continue;
      const names = found.get(subpath) ?? new Map<string, Set<FilePath>>();
      found.set(subpath, names.set(name, (names.get(name) ?? new Set<FilePath>()).add(place.file)));
    }
  }
  return found;
}

function filesOf({ resolver }: WorkspaceView, own: WorkspacePackage, subpath: string): readonly FilePath[] {
  const asks = [
    { mode: 'import', phase: 'runtime' },
    { mode: 'require', phase: 'runtime' },
    { mode: 'import', phase: 'types' },
  ] as const;
  const files = asks.flatMap((ask) => {
    const entry = resolver.resolveEntry(own, subpath, ask);
    return entry.outcome === 'file' ? [entry.file] : [];
  });
  return [...new Set(files)];
}
