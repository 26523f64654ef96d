import { posix } from 'node:path';
import type { FilePath } from '../model/place.js';
import type { WorkspacePackage } from '../model/workspace.js';
import { sourceFilesOf } from '../read/package-files.js';
import { nearFiles } from '../resolve/near-files.js';
import type { FixIdea, LookUp, SourceDeclaration } from '../rules/define-rule.js';
import type { Lens } from '../lens.js';
import { IMPORT } from '../surface/view.js';
import { dependencyFix, subpathFix } from './manifest-fixes.js';
import { nearestBarrel } from './nearest-barrel.js';
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

  declarationOf(provider: WorkspacePackage, name: string): SourceDeclaration | undefined {
    return this.#declarations.find(provider, name);
  }

  reexportFix(provider: WorkspacePackage, builtFile: FilePath, name: string): FixIdea | undefined {
    const { disk, modules } = this.#lens.run;
    const declaration = this.#declarations.find(provider, name);
    const entry = sourceEntryOf(disk, provider, builtFile);
    if (!declaration || entry === undefined) return undefined;
    const { surfaces } = this.#lens;
    const { host } = surfaces;
    if (surfaces.binding(entry, name, IMPORT).kind === 'found') {
      const build = provider.buildCommand ? ` (${provider.buildCommand})` : '';
      return { title: `rebuild${build}: ${entry} exports \`${name}\`, its built file does not`, edits: [] };
    }
    const barrel = nearestBarrel(host, entry, declaration.file);
    const text = disk.readText(barrel);
    const record = text === undefined ? undefined : modules.record(barrel, text);
    if (text === undefined || !record || record.syntaxError) return undefined;
    const declarationText = disk.readText(declaration.file) ?? '';
    return reexportFix(name, declaration, declarationText, { file: barrel, text, record }, (request) => {
      const target = host.follow(barrel, request, IMPORT);
      return target.kind === 'file' ? target.file : undefined;
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
