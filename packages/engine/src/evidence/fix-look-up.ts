import type { Demand } from '../model/demand.js';
import type { MovedOutput } from '../model/explanation.js';
import type { UnsatisfiedRange } from '../model/manifest-faults.js';
import type { FilePath, Place } from '../model/place.js';
import type { Manifest, WorkspacePackage } from '../model/workspace.js';
import type { FixIdea } from '../model/fix-idea.js';
import type { FixLookUp } from '../rules/look-up.js';
import type { WorkspaceView } from '../workspace-view.js';
import { joinPath } from '../read/file-path.js';
import { readProjectAliases } from '../read/read-project-aliases.js';
import { IMPORT } from '../surface/view.js';
import { driftFix, specifierFix, subpathFix } from './entry-fixes.js';
import { dependencyFix, externalFix, filesFieldFix, rangeFix } from './manifest-fixes.js';
import { nearestBarrel } from './nearest-barrel.js';
import { reexportFix } from './reexport-fix.js';
import { sourceEntryOf } from '../resolve/source-entry.js';

/** Works out edits of manifests and sources. */
export class WorkspaceFixLookUp implements FixLookUp {
  readonly #view: WorkspaceView;

  constructor(view: WorkspaceView) {
    this.#view = view;
  }

  reexport(provider: WorkspacePackage, builtFile: FilePath, name: string): FixIdea | undefined {
    const { disk, modules } = this.#view.run;
    const declaration = this.#view.run.declarations.find(provider, name);
    const entry = sourceEntryOf(disk, provider, builtFile);
    if (!declaration || entry === undefined) return undefined;
    const { surfaces } = this.#view;
    const { host } = surfaces;
    if (surfaces.binding(entry, name, IMPORT).kind === 'found') {
      const build = provider.buildCommand ? ` (${provider.buildCommand})` : '';
      return {
        title: `rebuild${build}: ${entry} exports \`${name}\`, but its built file does not`,
        edits: [],
      };
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

  dependency(dependent: WorkspacePackage, provider: WorkspacePackage): FixIdea | undefined {
    const { disk, workspace } = this.#view.run;
    // pnpm installs a plain range from the registry, even if the workspace has the package.
    const fallback = disk.isFile('pnpm-workspace.yaml') ? 'workspace:*' : '*';
    return dependencyFix(dependent, provider, workspace.packages, fallback);
  }

  external(project: string, packageName: string): FixIdea | undefined {
    const { workspace } = this.#view.run;
    const pkg = this.#view.run.packageOf(project);
    const fix = pkg && externalFix(pkg, packageName, workspace);
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
}
