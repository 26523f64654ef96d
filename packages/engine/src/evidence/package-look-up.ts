import { folderOf, isWithin, joinPath } from '../read/file-path.js';
import { nearestInstalled } from '../read/nearest-installed.js';
import type { EntryPlace } from '../model/demand.js';
import type { FilePath } from '../model/place.js';
import type { EntryPoint, Manifest, WorkspacePackage } from '../model/workspace.js';
import type { NamedFile } from '../model/manifest-faults.js';
import { missingCopiesIn } from '../read/copied-packages.js';
import { packageScopeOf } from '../read/package-scope.js';
import type { PackageLookUp } from '../rules/look-up.js';
import type { WorkspaceView } from '../workspace-view.js';
import { IMPORT, REQUIRE } from '../surface/view.js';
import { declaredIn } from '../trace/declared-packages.js';

const DEPENDENCIES = ['dependencies', 'peerDependencies', 'optionalDependencies'] as const;

/** Looks in manifests, node_modules and traces. */
export class WorkspacePackageLookUp implements PackageLookUp {
  readonly #view: WorkspaceView;

  constructor(view: WorkspaceView) {
    this.#view = view;
  }

  ownerOf(file: FilePath): string | undefined {
    return this.#view.resolver.workspacePackageOf(file)?.project;
  }

  entryPointsOf(project: string): readonly EntryPoint[] {
    const pkg = this.#view.run.packageOf(project);
    return pkg ? this.#view.run.entryPointsOf(pkg) : [];
  }

  declares(dependent: WorkspacePackage, provider: WorkspacePackage): boolean {
    const { rootManifest } = this.#view.run.workspace;
    return [dependent.source, dependent.published, rootManifest].some((manifest) => {
      const { dependencies, devDependencies, peerDependencies, optionalDependencies } = manifest?.json ?? {};
      const fields = [dependencies, devDependencies, peerDependencies, optionalDependencies];
      return fields.some((field) => field !== undefined && Object.hasOwn(field, provider.name!));
    });
  }

  nestedManifest({ root, source, published }: WorkspacePackage, file: FilePath): Manifest | undefined {
    const manifest = packageScopeOf(this.#view.run.disk, file)?.manifest;
    if (!manifest || [source?.file, published?.file].includes(manifest.file)) return undefined;
    const isListing = [...DEPENDENCIES, 'devDependencies' as const].some((field) => manifest.json[field]);
    return isListing && isWithin(root, manifest.file) ? manifest : undefined;
  }

  reachable(dependent: WorkspacePackage, provider: WorkspacePackage): boolean {
    return nearestInstalled(this.#view.run.disk, dependent.root, provider.name!) !== undefined;
  }

  hasTakenIn(dependent: WorkspacePackage, provider: WorkspacePackage): boolean {
    const { demands, modules } = this.#view.demands.ofOutput(dependent);
    return (
      dependent.outputs.length > 0 &&
      modules > 0 &&
      !demands.some(({ provider: asked, phase }) => asked === provider.project && phase !== 'types')
    );
  }

  rootDeclares(packageName: string): boolean {
    return declaredIn(this.#view.run.workspace.rootManifest, packageName) !== undefined;
  }

  isInstalledFor(file: FilePath, packageName: string): boolean {
    const { disk } = this.#view.run;
    return nearestInstalled(disk, folderOf(file) ?? '.', packageName) !== undefined;
  }

  isShipped(
    { root, outputs, publishedRoot }: WorkspacePackage,
    packageName: string,
    generated?: Manifest,
  ): boolean {
    const beside = generated ? [folderOf(generated.file) ?? '.'] : [];
    const folders = [...outputs, publishedRoot, ...beside].filter((folder) => folder !== root);
    return folders.some((folder) => {
      return this.#view.run.disk.kindOf(joinPath(folder, 'node_modules', packageName)) === 'directory';
    });
  }

  generatedManifest(pkg: WorkspacePackage, file: FilePath): Manifest | undefined {
    const { name, source, published } = pkg;
    if (published && published.file !== source?.file) return published;
    // Of a published package, only the manifest in its root is installed.
    if (pkg.publication.published) return undefined;
    const manifest = packageScopeOf(this.#view.run.disk, file)?.manifest;
    const isOwn = manifest !== undefined && manifest.file !== source?.file && manifest.json.name === name;
    return isOwn && name !== undefined && DEPENDENCIES.some((field) => manifest.json[field])
      ? manifest
      : undefined;
  }

  variantWith(pkg: WorkspacePackage, entry: EntryPlace, name: string): EntryPlace | undefined {
    const { run, surfaces } = this.#view;
    const { variants = [] } = run.entryPointsOf(pkg).find(({ subpath }) => subpath === entry.subpath) ?? {};
    const found = variants.find(({ phase, exists, file, conditions }) => {
      if (phase !== 'runtime' || !exists || file === entry.file) return false;
      const view = conditions.includes('require') ? REQUIRE : IMPORT;
      return surfaces.binding(file, name, view).kind === 'found';
    });
    return found && { ...found, subpath: entry.subpath };
  }

  missingCopies(manifest: Manifest): readonly NamedFile[] {
    return missingCopiesIn(this.#view.run.disk, manifest);
  }

  /**
   * It only knows what the run has linked anyway. Naming another provider is not worth reading a
   * whole workspace.
   */
  otherProvidersOf(name: string, except: WorkspacePackage): readonly string[] {
    const { run, surfaces } = this.#view;
    return run.workspace.packages.flatMap((pkg) => {
      if (pkg === except || pkg.name === undefined || pkg.problem) return [];
      const main = run.entryPointsOf(pkg).find(({ subpath }) => subpath === '.');
      const variant = main?.variants.find(({ phase, exists }) => phase === 'runtime' && exists);
      return variant && surfaces.of(variant.file, IMPORT).names.has(name) ? [`"${pkg.name}"`] : [];
    });
  }
}
