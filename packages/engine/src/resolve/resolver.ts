import { isBuiltin } from 'node:module';
import satisfies from 'semver/functions/satisfies.js';
import validRange from 'semver/ranges/valid.js';
import { remembered } from '../collections/remembered.js';
import type { EntryFailure, EntryResolution } from '../model/demand.js';
import type { EntryExplanation } from '../model/explanation.js';
import type { FilePath } from '../model/place.js';
import type { EntryPoint, Workspace, WorkspacePackage } from '../model/workspace.js';
import type { Disk } from '../read/disk.js';
import { folderOf, isWithin } from '../read/file-path.js';
import { nearestInstalled } from '../read/nearest-installed.js';
import { packageScopeOf } from '../read/package-scope.js';
import { browserFileOf } from './browser-field.js';
import type { ConsumerSettings } from './entry-outcome.js';
import { resolveRemote } from './resolve-remote.js';
import { explainEntry } from './explain-entry.js';
import { resolveAlias } from './resolve-alias.js';
import type { LeftAlias } from '../model/left-alias.js';
import { InstalledPackages } from './installed-packages.js';
import { installedTypesOf, typesPackageIn } from './installed-types.js';
import { LeftAliases } from './left-aliases.js';
import { resolveEntry } from './resolve-entry.js';
import { opaqueReason } from './opaque-specifier.js';
import { PackageOwners } from './package-owners.js';
import { matchAlias, packageNameIn } from './path-alias.js';
import type { RequestMode, Resolution } from './resolution.js';
import { resolveHash } from './resolve-hash.js';
import { resolveRelative } from './resolve-relative.js';

/** What has been resolved: by `wayOf` the request, then by specifier or subpath. */
type Answered<T> = (Map<string, T> | undefined)[];

/** A small number for each way to ask. */
function wayOf({ mode, phase, node10 }: RequestMode): number {
  return (mode === 'import' ? 0 : 1) + (phase === 'runtime' ? 0 : 2) + (node10 ? 4 : 0);
}

/**
 * Resolves specifiers, for a workspace and the conditions that consumers set besides the standard
 * ones. Results are remembered: by folder for specifiers, by package for entry points.
 */
export class Resolver {
  readonly disk: Disk;
  readonly workspace: Workspace;
  readonly settings: ConsumerSettings;
  readonly #byName = new Map<string, WorkspacePackage>();
  readonly #owners: PackageOwners;
  readonly #externals: InstalledPackages;
  readonly #left: LeftAliases;
  /** By importing file; importers that resolve the same share a table. */
  readonly #answers = new Map<FilePath, Answered<Resolution>>();
  readonly #byFolder = new Map<string, Answered<Resolution>>();
  readonly #entries = new Map<WorkspacePackage, Answered<EntryResolution>>();
  readonly #linked = new Map<string, boolean>();
  #resolves = 0;

  constructor(disk: Disk, workspace: Workspace, settings: ConsumerSettings) {
    this.disk = disk;
    this.workspace = workspace;
    this.settings = settings;
    for (const pkg of workspace.packages) {
      if (pkg.name !== undefined && !this.#byName.has(pkg.name)) this.#byName.set(pkg.name, pkg);
    }
    this.#owners = new PackageOwners(workspace.packages);
    this.#externals = new InstalledPackages(disk, settings);
    this.#left = new LeftAliases(disk, workspace, this.#owners);
  }

  /** How many different requests were resolved. */
  get resolves(): number {
    return this.#resolves;
  }

  /**
   * What a specifier resolves to.
   *
   * @param specifier as written
   * @param from the importing module
   * @throws VerifyError only if a folder on the way cannot be read
   */
  resolve(specifier: string, from: FilePath, ask: RequestMode): Resolution {
    const known = (remembered(this.#answers, from, () => this.#answersBeside(from))[wayOf(ask)] ??=
      new Map());
    return remembered(known, specifier, () => {
      this.#resolves++;
      return this.#resolve(specifier, from, ask);
    });
  }

  /** In one folder, sources and built files may resolve differently (`./x.js` of a .ts file). */
  #answersBeside(from: FilePath): Answered<Resolution> {
    const key = `${folderOf(from) ?? ''}\n${/(\.d)?\.[^./]+$/.exec(from)?.[0] ?? ''}`;
    return remembered(this.#byFolder, key, () => []);
  }

  /** The path alias that a specifier in built output is, if it resolves to nothing else; see `LeftAliases`. */
  leftAlias(specifier: string, from: FilePath): LeftAlias | undefined {
    if (specifier.startsWith('#')) {
      const found = this.resolve(specifier, from, { mode: 'import', phase: 'runtime' });
      if (found.kind !== 'opaque') return undefined;
    }
    return this.#remote(specifier, from) ? undefined : this.#left.of(specifier, from);
  }

  /** The result for an entry point of a package; see `resolveEntry`. */
  resolveEntry(pkg: WorkspacePackage, subpath: string, ask: RequestMode): EntryResolution {
    const known = (remembered(this.#entries, pkg, () => [])[wayOf(ask)] ??= new Map());
    return remembered(known, subpath, () => {
      this.#resolves++;
      const entry = resolveEntry(this.disk, pkg, subpath, { ...ask, ...this.settings });
      return entry.outcome === 'file' ? { ...entry, file: this.#forBrowsers(entry.file, ask) } : entry;
    });
  }

  /** Why an entry point does not resolve; see `explainEntry`. */
  explainEntry(
    pkg: WorkspacePackage,
    entryPoints: readonly EntryPoint[],
    failure: EntryFailure,
    ask: RequestMode,
  ): EntryExplanation {
    const context = { disk: this.disk, pkg, entryPoints };
    return explainEntry(context, failure, { ...ask, ...this.settings });
  }

  /** The package of a file, as source or as output; undefined for installed files. */
  workspacePackageOf(file: FilePath): WorkspacePackage | undefined {
    return this.#owners.of(file);
  }

  /** Whether a file belongs to a package, as source or as build output; installed files do not. */
  owns(pkg: WorkspacePackage, file: FilePath): boolean {
    return this.workspacePackageOf(file)?.project === pkg.project;
  }

  #resolve(specifier: string, from: FilePath, ask: RequestMode): Resolution {
    if (specifier.startsWith('node:') || isBuiltin(specifier)) return { kind: 'builtin' };
    const reason = opaqueReason(specifier, (name) => this.#byName.has(name));
    if (reason !== undefined) return this.#byAlias(specifier, from, ask) ?? { kind: 'opaque', reason };
    if (/^\.{1,2}(\/|$)/.test(specifier)) {
      const found = resolveRelative(this.disk, specifier, from, ask, this.workspacePackageOf(from));
      return found.kind === 'file' ? { ...found, file: this.#forBrowsers(found.file, ask) } : found;
    }
    if (specifier.startsWith('#')) {
      const hash = { disk: this.disk, settings: this.settings, owner: this.workspacePackageOf(from) };
      const found = resolveHash(hash, specifier, from, ask, (target, scopeFile) =>
        this.#bare(target, scopeFile, ask),
      );
      return found.kind === 'opaque' || (found.kind === 'missing' && found.unserved)
        ? (this.#byAlias(specifier, from, ask) ?? found)
        : found;
    }
    return this.#bare(specifier, from, ask);
  }

  #bare(specifier: string, from: FilePath, ask: RequestMode): Resolution {
    if (specifier.startsWith('node:') || isBuiltin(specifier)) return { kind: 'builtin' };
    const remote = this.#remote(specifier, from);
    if (remote) return remote;
    const pkg = this.#byName.get(packageNameIn(specifier));
    const alias = matchAlias(this.workspace.pathAliases, specifier);
    // `@acme/a/testing` may be an alias of its own for a project that is not `@acme/a`.
    const elsewhere =
      alias?.exact &&
      specifier !== pkg?.name &&
      !alias.targets.some((target) => this.#owners.of(target) === pkg);
    if (!pkg || elsewhere) {
      const aliased = this.#byAlias(specifier, from, ask);
      if (aliased) return aliased;
    }
    if (!pkg) return this.#external(specifier, from, ask);
    if (!this.#isWorkspaceCopy(pkg, from)) return this.#external(specifier, from, ask);
    const subpath = `.${specifier.slice(pkg.name!.length)}`;
    const entry = this.resolveEntry(pkg, subpath, ask);
    // Only a path alias makes such a package importable.
    const aliased =
      entry.outcome === 'no-entry' && !entry.place ? this.#byAlias(specifier, from, ask) : undefined;
    if (aliased) return aliased;
    const typed =
      entry.outcome !== 'file' && ask.phase === 'types' ? this.#typed(specifier, from, ask) : undefined;
    return typed ?? { kind: 'package', pkg, subpath, entry };
  }

  /** TypeScript reads the `@types` package of a workspace package that has no declarations for the specifier. */
  #typed(specifier: string, from: FilePath, ask: RequestMode): Resolution | undefined {
    if (installedTypesOf(this.disk, from, specifier) === undefined) return undefined;
    const found = this.#external(specifier, from, ask);
    return found.kind === 'external' && typesPackageIn(found.file) !== undefined ? found : undefined;
  }

  #remote(specifier: string, from: FilePath): Resolution | undefined {
    return resolveRemote(this.disk, this.workspace, specifier, this.workspacePackageOf(from));
  }

  /**
   * The file that a bundler uses for browsers, if the `browser` map of the nearest package.json
   * replaces it.
   */
  #forBrowsers(file: FilePath, { phase }: RequestMode): FilePath {
    return this.settings.browser && phase === 'runtime' ? browserFileOf(this.disk, file) : file;
  }

  #byAlias(specifier: string, from: FilePath, ask: RequestMode): Resolution | undefined {
    return resolveAlias(
      { disk: this.disk, workspace: this.workspace, owners: this.#owners },
      specifier,
      from,
      ask,
      (pkg, subpath) => this.resolveEntry(pkg, subpath, ask),
    );
  }

  #external(specifier: string, from: FilePath, ask: RequestMode): Resolution {
    const file = this.#externals.resolve(specifier, from, ask);
    return { kind: 'external', ...(file !== undefined && { file }) };
  }

  /**
   * Whether a package's name means the workspace's package for this importer, and not another copy
   * that is installed nearer. Inside a package that has `exports`, its own name means itself
   * (PACKAGE_SELF_RESOLVE).
   */
  #isWorkspaceCopy(pkg: WorkspacePackage, from: FilePath): boolean {
    const folder = folderOf(from) ?? '.';
    const key = `${folder}\n${pkg.name}`;
    return remembered(
      this.#linked,
      key,
      () => this.#isSelf(pkg, from) || (this.#nearestCopyIs(pkg, folder) && !this.#wantsAnother(pkg, from)),
    );
  }

  #isSelf(pkg: WorkspacePackage, from: FilePath): boolean {
    const json = packageScopeOf(this.disk, from)?.manifest?.json;
    return (
      json?.name === pkg.name &&
      json?.exports !== undefined &&
      json.exports !== null &&
      this.#owners.of(from) === pkg
    );
  }

  /**
   * An example or a fixture inside a project has a manifest of its own, which may want a version
   * from the registry.
   */
  #wantsAnother(pkg: WorkspacePackage, from: FilePath): boolean {
    const scope = packageScopeOf(this.disk, from);
    const owner = this.#owners.of(from);
    if (!scope?.manifest || [owner?.source?.file, owner?.published?.file].includes(scope.file)) return false;
    const { dependencies, devDependencies } = scope.manifest.json;
    const range = dependencies?.[pkg.name!] ?? devDependencies?.[pkg.name!];
    const version = pkg.source?.json.version;
    if (range === undefined || version === undefined || validRange(range) === null) return false;
    return !satisfies(version, range, { includePrerelease: true });
  }

  #nearestCopyIs(pkg: WorkspacePackage, start: FilePath): boolean {
    const copy = nearestInstalled(this.disk, start, pkg.name!);
    if (copy === undefined) return true;
    const real = this.disk.realPath(copy);
    return real === undefined || isWithin(pkg.root, real) || isWithin(pkg.publishedRoot, real);
  }
}
