import { posix } from 'node:path';
import type { FilePath, Place } from '../model/place.js';
import type { Manifest, WorkspacePackage } from '../model/workspace.js';
import { locateInManifest } from '../read/locate-in-manifest.js';
import { sourceFilesOf } from '../read/package-files.js';
import { nearFiles } from '../resolve/near-files.js';
import type { FixIdea, LookUp, SourceDeclaration } from '../rules/define-rule.js';
import type { Lens } from '../lens.js';
import { IMPORT } from '../surface/view.js';
import { declaredIn } from '../bundle/declared-packages.js';
import { dependencyFix, externalFix, filesFieldFix, subpathFix } from './manifest-fixes.js';
import { reexportFix } from './reexport-fix.js';
import { SourceDeclarations } from './source-declarations.js';
import { sourceEntryOf } from './source-entry.js';

/** Answers the rules' questions from the workspace. Sources are read here only when there is something to tell. */
export class WorkspaceLookUp implements LookUp {
  readonly #lens: Lens;
  readonly #declarations: SourceDeclarations;

  constructor(lens: Lens) {
    this.#lens = lens;
    const { disk, modules, workspace } = lens.run;
    this.#declarations = new SourceDeclarations(disk, modules, (pkg) => sourceFilesOf(disk, workspace, pkg));
  }

  packageOf(project: string): WorkspacePackage | undefined {
    return this.#lens.run.packageOf(project);
  }

  declares(dependent: WorkspacePackage, provider: WorkspacePackage): boolean {
    const { rootManifest } = this.#lens.run.workspace;
    return [dependent.source, dependent.published, rootManifest].some((manifest) => {
      const { dependencies, devDependencies, peerDependencies, optionalDependencies } = manifest?.json ?? {};
      const fields = [dependencies, devDependencies, peerDependencies, optionalDependencies];
      return fields.some((field) => field !== undefined && Object.hasOwn(field, provider.name!));
    });
  }

  reachable(dependent: WorkspacePackage, provider: WorkspacePackage): boolean {
    const { disk } = this.#lens.run;
    for (let folder = dependent.root; ; folder = posix.dirname(folder)) {
      if (disk.kindOf(posix.join(folder, 'node_modules', provider.name!)) === 'directory') return true;
      if (folder === '.') return false;
    }
  }

  filesFieldFix(manifest: Manifest, paths: readonly string[]): FixIdea {
    const isSource = this.#lens.run.workspace.packages.some(({ source }) => source?.file === manifest.file);
    return filesFieldFix(manifest, paths, isSource);
  }

  declarationOf(provider: WorkspacePackage, name: string): SourceDeclaration | undefined {
    return this.#declarations.find(provider, name);
  }

  reexportFix(provider: WorkspacePackage, builtFile: FilePath, name: string): FixIdea | undefined {
    const { disk, modules } = this.#lens.run;
    const declaration = this.#declarations.find(provider, name);
    const barrel = sourceEntryOf(disk, provider, builtFile);
    const text = barrel === undefined ? undefined : disk.readText(barrel);
    if (!declaration || barrel === undefined || text === undefined) return undefined;
    const record = modules.record(barrel, text);
    if (!record || record.syntaxError) return undefined;
    if (this.#lens.surfaces.binding(barrel, name, IMPORT).kind === 'found') {
      const build = provider.buildCommand ? ` (${provider.buildCommand})` : '';
      return { title: `rebuild${build}: ${barrel} exports \`${name}\`, its built file does not`, edits: [] };
    }
    return reexportFix(name, declaration, disk.readText(declaration.file) ?? '', {
      file: barrel,
      text,
      record,
    });
  }

  subpathFix(provider: WorkspacePackage, subpath: string): FixIdea | undefined {
    return subpathFix(this.#lens.run.disk, provider, subpath);
  }

  dependencyFix(dependent: WorkspacePackage, provider: WorkspacePackage): FixIdea | undefined {
    return dependencyFix(dependent, provider, this.#lens.run.workspace.packages);
  }

  filesLike(provider: WorkspacePackage, file: FilePath): readonly FilePath[] {
    const { run } = this.#lens;
    const variants = run.entryPointsOf(provider).flatMap((entryPoint) => entryPoint.variants);
    const named = new Set(variants.map((variant) => variant.file));
    return nearFiles(run.disk, provider, file).filter((candidate) => !named.has(candidate));
  }

  rootDeclares(packageName: string): boolean {
    return declaredIn(this.#lens.run.workspace.rootManifest, packageName) !== undefined;
  }

  isInstalledFor(file: FilePath, packageName: string): boolean {
    const { disk } = this.#lens.run;
    for (let folder = posix.dirname(file); ; folder = posix.dirname(folder)) {
      if (disk.kindOf(posix.join(folder, 'node_modules', packageName)) === 'directory') return true;
      if (folder === '.' || folder === '/' || folder.endsWith('..')) return false;
    }
  }

  isShipped({ root, outputs, publishedRoot }: WorkspacePackage, packageName: string): boolean {
    const folders = [...outputs, publishedRoot].filter((folder) => folder !== root);
    return folders.some((folder) => {
      return this.#lens.run.disk.kindOf(posix.join(folder, 'node_modules', packageName)) === 'directory';
    });
  }

  declarationIn(manifest: Manifest, packageName: string): Place {
    const fields = ['devDependencies', 'dependencies', 'peerDependencies', 'optionalDependencies'] as const;
    const field = fields.find((name) => Object.hasOwn(manifest.json[name] ?? {}, packageName));
    return field
      ? locateInManifest(manifest, [field, packageName], 'key')
      : { file: manifest.file, start: 0, end: 0 };
  }

  externalFix(project: string, packageName: string): FixIdea | undefined {
    const { workspace } = this.#lens.run;
    const pkg = this.packageOf(project);
    return pkg && externalFix(pkg, packageName, workspace);
  }

  /** Only what the run has linked anyway is asked: naming another provider is a kindness, not worth reading a workspace. */
  otherProvidersOf(name: string, except: WorkspacePackage): readonly string[] {
    const { run, surfaces } = this.#lens;
    return run.workspace.packages.flatMap((pkg) => {
      if (pkg === except || pkg.name === undefined || pkg.problem) return [];
      const main = run.entryPointsOf(pkg).find(({ subpath }) => subpath === '.');
      const variant = main?.variants.find(({ phase, exists }) => phase === 'runtime' && exists);
      return variant && surfaces.of(variant.file, IMPORT).names.has(name) ? [`"${pkg.name}"`] : [];
    });
  }
}
