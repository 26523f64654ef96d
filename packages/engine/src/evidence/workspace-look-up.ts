import { posix } from 'node:path';
import type { Demand, EntryFailure } from '../model/demand.js';
import type { Drift, EntryExplanation } from '../model/explanation.js';
import type { InvalidTarget, UnsatisfiedRange } from '../model/manifest-faults.js';
import type { FilePath, Place } from '../model/place.js';
import type { Manifest, PathAlias, WorkspacePackage } from '../model/workspace.js';
import { locateInManifest } from '../read/locate-in-manifest.js';
import { packageScopeOf } from '../read/package-scope.js';
import { shadowing } from '../resolve/explain-entry.js';
import { invalidTargetsOf } from '../resolve/invalid-targets.js';
import { listedInSource } from '../resolve/listed-in-source.js';
import { nearFiles } from '../resolve/near-files.js';
import { driftOf, patternDriftOf } from '../resolve/output-drift.js';
import { matchAlias } from '../resolve/path-alias.js';
import { aliasTarget } from '../resolve/resolve-alias.js';
import type { FixIdea, LookUp, SourceDeclaration } from '../rules/define-rule.js';
import type { Lens } from '../lens.js';
import { IMPORT } from '../surface/view.js';
import { driftFix, specifierFix, subpathFix } from './entry-fixes.js';
import { dependencyFix, externalFix, filesFieldFix, rangeFix } from './manifest-fixes.js';
import { declaredIn } from '../bundle/declared-packages.js';
import { nearestBarrel } from './nearest-barrel.js';
import { reexportFix } from './reexport-fix.js';
import type { SourceDeclarations } from './source-declarations.js';
import { sourceEntryOf } from './source-entry.js';

/** Answers the rules' questions from the workspace. Sources are read here only when there is something to tell. */
export class WorkspaceLookUp implements LookUp {
  readonly #lens: Lens;
  readonly #declarations: SourceDeclarations;

  constructor(lens: Lens) {
    this.#lens = lens;
    this.#declarations = lens.run.declarations;
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

  hasTakenIn(dependent: WorkspacePackage, provider: WorkspacePackage): boolean {
    const { demands, modules } = this.#lens.outputDemands(dependent);
    return (
      dependent.outputs.length > 0 &&
      modules > 0 &&
      !demands.some(({ provider: asked, phase }) => asked === provider.project && phase !== 'types')
    );
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
    const entry = sourceEntryOf(disk, provider, builtFile);
    if (!declaration || entry === undefined) return undefined;
    const { surfaces } = this.#lens;
    const { host } = surfaces;
    if (surfaces.binding(entry, name, IMPORT).kind === 'found') {
      const build = provider.buildCommand ? ` (${provider.buildCommand})` : '';
      return { title: `rebuild${build}: ${entry} exports \`${name}\`, but its built file does not`, edits: [] };
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

  listedInSource(provider: WorkspacePackage, subpath: string): Place | undefined {
    return listedInSource(this.#lens.run.disk, provider, subpath);
  }

  invalidTarget(provider: WorkspacePackage, path: InvalidTarget['path']): InvalidTarget | undefined {
    const invalid = invalidTargetsOf(this.#lens.run.disk, provider);
    return invalid.find((candidate) => candidate.path.join('\n') === path.join('\n'));
  }

  rangeFix(dependent: WorkspacePackage, unsatisfied: UnsatisfiedRange): FixIdea | undefined {
    return rangeFix(dependent, unsatisfied);
  }

  dependencyFix(dependent: WorkspacePackage, provider: WorkspacePackage): FixIdea | undefined {
    const { disk, workspace } = this.#lens.run;
    // pnpm takes a plain range from the registry, even where the workspace has the package.
    const fallback = disk.isFile('pnpm-workspace.yaml') ? 'workspace:*' : '*';
    return dependencyFix(dependent, provider, workspace.packages, fallback);
  }

  explain(failure: EntryFailure, demand: Demand): EntryExplanation {
    const { run, resolver } = this.#lens;
    const provider = run.packageOf(demand.provider)!;
    const mode = demand.mode === 'require' ? 'require' : 'import';
    return resolver.explainEntry(provider, run.entryPointsOf(provider), failure, { mode, phase: 'runtime' });
  }

  shadowed(
    provider: WorkspacePackage,
    subpath: string,
    conditions: readonly string[],
  ): EntryExplanation['shadowed'] {
    const exports = provider.published?.json.exports;
    if (exports === undefined || exports === null) return undefined;
    return shadowing({ disk: this.#lens.run.disk, pkg: provider }, subpath, new Set(conditions));
  }

  specifierFix(demands: readonly Demand[], specifier: string): FixIdea {
    return specifierFix(this.#lens.run.disk, demands, specifier);
  }

  aliasOf(specifier: string): { readonly alias: PathAlias; readonly target: FilePath } | undefined {
    const { disk, workspace } = this.#lens.run;
    const match = matchAlias(workspace.pathAliases, specifier);
    const target = match && aliasTarget(disk, { ...match, exact: false });
    return match && target !== undefined ? { alias: match.alias, target } : undefined;
  }

  driftOf(provider: WorkspacePackage, file: FilePath, conditions: readonly string[]): Drift | undefined {
    if (!file.includes('*')) return driftOf(provider, file, this.filesLike(provider, file), conditions);
    const folders = provider.outputs.length > 0 ? provider.outputs : [provider.publishedRoot];
    const { disk } = this.#lens.run;
    return patternDriftOf(
      provider,
      file,
      folders.flatMap((folder) => disk.listFiles(folder)),
    );
  }

  driftFix(provider: WorkspacePackage, missing: { file: FilePath; place: Place }, drift: Drift): FixIdea {
    return driftFix(this.#lens.run.disk, provider, missing, drift);
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

  generatedManifest({ name, source, published }: WorkspacePackage, file: FilePath): Manifest | undefined {
    if (published && published.file !== source?.file) return published;
    const manifest = packageScopeOf(this.#lens.run.disk, file)?.manifest;
    const isOwn = manifest !== undefined && manifest.file !== source?.file && manifest.json.name === name;
    return isOwn && name !== undefined ? manifest : undefined;
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
