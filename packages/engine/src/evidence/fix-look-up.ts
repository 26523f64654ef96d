import type { Demand } from '../model/demand.js';
import type { MovedOutput } from '../model/explanation.js';
import type { UnsatisfiedRange } from '../model/manifest-faults.js';
import type { FilePath, Place } from '../model/place.js';
import type { Manifest, WorkspacePackage } from '../model/workspace.js';
import type { FixIdea } from '../model/fix-idea.js';
import type { DependencyUse, FixLookUp } from '../rules/look-up.js';
import type { ModuleStore } from '../parse/module-store.js';
import type { FoundDeclaration } from '../parse/source-declarations.js';
import { placeOf } from '../model/place.js';
import type { Disk } from '../read/disk.js';
import { folderOf, isWithin, joinPath, pathWithin } from '../read/file-path.js';
import { isTestFile } from '../read/is-test-file.js';
import { sourceFilesOf } from '../read/package-files.js';
import { isDevelopmentFile } from '../read/is-development-file.js';
import type { WorkspaceView } from '../workspace-view.js';
import { readProjectAliases } from '../read/read-project-aliases.js';
import { IMPORT } from '../surface/view.js';
import { driftFix, specifierFix, subpathFix } from './entry-fixes.js';
import { declareFix } from './dependency-fixes.js';
import { filesFieldFix, rangeFix } from './manifest-fixes.js';
import { nearestBarrel } from './nearest-barrel.js';
import { reexportFix } from './reexport-fix.js';
import { isDeclarationFile } from '../resolve/declaration-files.js';
import { sourceEntryOf } from '../resolve/source-entry.js';

/** Packages that bundle declarations into one file. */
const DECLARATION_BUNDLERS = [
  '@microsoft/api-extractor',
  'dts-bundle-generator',
  'dts-buddy',
  'rollup-plugin-dts',
  'rolldown-plugin-dts',
  'vite-plugin-dts',
  'unplugin-dts',
  'tsdown',
  'tsup',
  'unbuild',
] as const;

/** Works out edits of manifests and sources. */
export class WorkspaceFixLookUp implements FixLookUp {
  readonly #view: WorkspaceView;

  constructor(view: WorkspaceView) {
    this.#view = view;
  }

  reexport(provider: WorkspacePackage, builtFile: FilePath, name: string): FixIdea | undefined {
    const { disk } = this.#view.run;
    const declaration = this.#view.run.declarations.find(provider, name);
    const entry = sourceEntryOf(disk, provider, builtFile);
    if (!declaration || entry === undefined) return undefined;
    return this.#rebuild(provider, entry, builtFile, name) ?? this.#inBarrel(entry, name, declaration);
  }

  defaultExport(provider: WorkspacePackage, builtFile: FilePath): FixIdea | undefined {
    const { disk, modules, workspace } = this.#view.run;
    const entry = sourceEntryOf(disk, provider, builtFile);
    if (entry === undefined) return undefined;
    const rebuild = this.#rebuild(provider, entry, builtFile, 'default');
    if (rebuild) return rebuild;
    const [declaration, ...more] = sourceFilesOf(disk, workspace, provider)
      .filter((file) => file !== entry && isWithin(folderOf(entry) ?? '.', file))
      .flatMap((file) => defaultDeclaration(modules, disk, file) ?? []);
    const general = {
      title: `add a default export to ${entry}, or import one of the exported names`,
      edits: [],
    };
    if (!declaration || more.length > 0) return general;
    // A module that the entry file does not load yet may have nothing to do with it.
    const { host } = this.#view.surfaces;
    const loads = host.record(entry)?.requests.some((request) => {
      const target = host.follow(entry, request, IMPORT);
      return target.kind === 'file' && target.file === declaration.file;
    });
    const fix = this.#inBarrel(entry, 'default', declaration);
    return fix && loads ? fix : general;
  }

  #rebuild(
    provider: WorkspacePackage,
    entry: FilePath,
    builtFile: FilePath,
    name: string,
  ): FixIdea | undefined {
    if (this.#view.surfaces.binding(entry, name, IMPORT).kind !== 'found') return undefined;
    const dropped = this.#droppedExport(provider, builtFile, name);
    if (dropped) return { title: dropped(entry), edits: [] };
    const build = provider.buildCommand ? ` (${provider.buildCommand})` : '';
    const exported = name === 'default' ? 'has a default export' : `exports \`${name}\``;
    return { title: `rebuild${build}: ${entry} ${exported}, but its built file does not`, edits: [] };
  }

  #inBarrel(entry: FilePath, name: string, declaration: FoundDeclaration): FixIdea | undefined {
    const { disk, modules } = this.#view.run;
    const { host } = this.#view.surfaces;
    // `export *` does not pass a default export on, so only the entry file itself can.
    const barrel = name === 'default' ? entry : nearestBarrel(host, entry, declaration.file);
    const text = disk.readText(barrel);
    const record = text === undefined ? undefined : modules.record(barrel);
    if (text === undefined || !record || record.syntaxError) return undefined;
    const declarationText = disk.readText(declaration.file) ?? '';
    return reexportFix(name, declaration, declarationText, { file: barrel, text, record }, (request) => {
      const target = host.follow(barrel, request, IMPORT);
      return target.kind === 'file' ? target.file : undefined;
    });
  }

  /** Declarations that declare a name without exporting it come from a tool that drops exports. A new build does the same again. */
  #droppedExport(
    { source }: WorkspacePackage,
    builtFile: FilePath,
    name: string,
  ): ((entry: FilePath) => string) | undefined {
    const { disk, modules, workspace } = this.#view.run;
    const text = isDeclarationFile(builtFile) ? disk.readText(builtFile) : undefined;
    if (text === undefined) return undefined;
    const { locals } = modules.recordWithAllLocals(builtFile, text);
    if (!locals.some((local) => local.name === name)) return undefined;
    const used = [source, workspace.rootManifest].flatMap((manifest) =>
      Object.keys({ ...manifest?.json.dependencies, ...manifest?.json.devDependencies }),
    );
    const tool = DECLARATION_BUNDLERS.find((candidate) => used.includes(candidate));
    const who = tool === undefined ? 'the tool that bundles the declarations' : `"${tool}"`;
    return (entry) =>
      `${builtFile} declares \`${name}\` without exporting it, so ${who} dropped the export from ${entry}: write it there as \`export { ${name} } from …\`, without \`type\`, or update the tool`;
  }

  subpath(provider: WorkspacePackage, subpath: string): FixIdea | undefined {
    return subpathFix(this.#view.run.disk, provider, subpath);
  }

  specifier(demands: readonly Demand[], specifier: string): FixIdea {
    return specifierFix(this.#view.run.disk, demands, specifier);
  }

  drift(provider: WorkspacePackage, missing: { file: FilePath; place: Place }, drift: MovedOutput): FixIdea {
    return driftFix(this.#view.run.disk, provider, missing, drift);
  }

  range(dependent: WorkspacePackage, unsatisfied: UnsatisfiedRange): FixIdea | undefined {
    return rangeFix(dependent, unsatisfied);
  }

  filesField(manifest: Manifest, paths: readonly string[]): FixIdea {
    const isSource = this.#view.run.workspace.packages.some(({ source }) => source?.file === manifest.file);
    return filesFieldFix(manifest, paths, isSource);
  }

  dependency(demands: readonly Demand[], { optional }: Pick<DependencyUse, 'optional'>): FixIdea | undefined {
    const { run } = this.#view;
    const dependent = run.packageOf(demands[0]!.dependent)!;
    const { name } = run.packageOf(demands[0]!.provider)!;
    if (name === undefined) return undefined;
    const developmentOnly = this.#isDevelopmentOnly(dependent, demands);
    return this.#declare(dependent, name, { developmentOnly, optional });
  }

  external(project: string, packageName: string, use: DependencyUse): FixIdea | undefined {
    const pkg = this.#view.run.packageOf(project);
    const fix = pkg && this.#declare(pkg, packageName, use);
    // No manifest says that it is a package, and a stranger's package may have the name.
    const isGuess = fix?.edits.length === 0 && pkg?.source?.json.dependencies?.[packageName] === undefined;
    return pkg && isGuess && this.#meansOwnFiles(pkg, packageName) ? undefined : fix;
  }

  /** Whether a name is that of a folder, or the beginning of a path alias. */
  #meansOwnFiles({ root }: WorkspacePackage, name: string): boolean {
    const { disk, workspace } = this.#view.run;
    const folders = ['.', root, joinPath(root, 'src')].map((folder) => joinPath(folder, name));
    if (folders.some((folder) => disk.kindOf(folder) === 'directory')) return true;
    const aliases = [...workspace.pathAliases, ...readProjectAliases(disk, root).aliases];
    return aliases.some(({ pattern }) => {
      const start = pattern.replace(/\*.*$/, '');
      return start !== '' && (name.startsWith(start) || start === name || start.startsWith(`${name}/`));
    });
  }

  #declare(pkg: WorkspacePackage, name: string, use: DependencyUse): FixIdea | undefined {
    const { disk, workspace } = this.#view.run;
    // pnpm installs a plain range from the registry, even if the workspace has the package.
    const fallback = disk.isFile('pnpm-workspace.yaml') ? 'workspace:*' : '*';
    return declareFix(workspace, pkg, name, use, fallback);
  }

  /** Whether users of a package never load the import: no shipped file contains it. */
  #isDevelopmentOnly(dependent: WorkspacePackage, demands: readonly Demand[]): boolean {
    const { files, externals } = this.#view.traces.of(dependent);
    const isBuilt = dependent.outputs.length > 0 && files.size > 0;
    const isNeeded = externals.some(({ project }) => project === demands[0]!.provider);
    if (dependent.publication.published && isBuilt) return !isNeeded;
    return demands.every(
      ({ origin, place }) =>
        origin === 'source' &&
        !files.has(place.file) &&
        isDevelopmentFile(pathWithin(dependent.root, place.file)),
    );
  }
}

/** The default export of a source, if it has one of its own. */
function defaultDeclaration(modules: ModuleStore, disk: Disk, file: FilePath): FoundDeclaration | undefined {
  const text = isTestFile(file) ? undefined : disk.readText(file);
  const record = text?.includes('default') ? modules.record(file) : undefined;
  const found = record?.exports.find(
    (entry) => entry.kind === 'local' && entry.name === 'default' && !entry.typeOnly,
  );
  return (
    found && {
      file,
      place: placeOf(file, found),
      kind: 'value',
      exported: true,
      exportedAs: 'default',
      form: 'module',
    }
  );
}
