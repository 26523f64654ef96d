import type { Demand, EntryFailure } from '../model/demand.js';
import type { MovedOutput, EntryExplanation } from '../model/explanation.js';
import type { LostName } from '../model/lost-name.js';
import type { InvalidTarget } from '../model/manifest-faults.js';
import type { FilePath, Place } from '../model/place.js';
import type { Manifest, PathAlias, WorkspacePackage } from '../model/workspace.js';
import type { SourceDeclaration } from '../model/source-declaration.js';
import { locateInManifest } from '../read/locate-in-manifest.js';
import { shadowing } from '../resolve/explain-entry.js';
import { invalidTargetsOf } from '../resolve/invalid-targets.js';
import { listedInSource } from '../resolve/listed-in-source.js';
import { nearFiles } from '../resolve/near-files.js';
import { movedOutputOf, patternDriftOf } from '../resolve/moved-output.js';
import { matchAlias } from '../resolve/path-alias.js';
import { aliasTarget } from '../resolve/resolve-alias.js';
import { lostNameOf } from './find-lost-name.js';
import type { ExplanationLookUp } from '../rules/look-up.js';
import type { WorkspaceView } from '../workspace-view.js';

/**
 * Looks in manifests, build output and sources. It reads sources only when there is something to
 * report.
 */
export class WorkspaceExplanationLookUp implements ExplanationLookUp {
  readonly #view: WorkspaceView;

  constructor(view: WorkspaceView) {
    this.#view = view;
  }

  entry(failure: EntryFailure, demand: Demand): EntryExplanation {
    const { run, resolver } = this.#view;
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
    return shadowing({ disk: this.#view.run.disk, pkg: provider }, subpath, new Set(conditions));
  }

  aliasOf(specifier: string): { readonly alias: PathAlias; readonly target: FilePath } | undefined {
    const { disk, workspace } = this.#view.run;
    const match = matchAlias(workspace.pathAliases, specifier);
    const target = match && aliasTarget(disk, { ...match, exact: false });
    return match && target !== undefined ? { alias: match.alias, target } : undefined;
  }

  movedOutputOf(
    provider: WorkspacePackage,
    file: FilePath,
    conditions: readonly string[],
  ): MovedOutput | undefined {
    if (!file.includes('*')) return movedOutputOf(provider, file, this.filesLike(provider, file), conditions);
    const folders = provider.outputs.length > 0 ? provider.outputs : [provider.publishedRoot];
    const { disk } = this.#view.run;
    return patternDriftOf(
      provider,
      file,
      folders.flatMap((folder) => disk.listFiles(folder)),
    );
  }

  filesLike(provider: WorkspacePackage, file: FilePath): readonly FilePath[] {
    const { run } = this.#view;
    const variants = run.entryPointsOf(provider).flatMap((entryPoint) => entryPoint.variants);
    const named = new Set(variants.map((variant) => variant.file));
    return nearFiles(run.disk, provider, file).filter((candidate) => !named.has(candidate));
  }

  invalidTarget(provider: WorkspacePackage, path: InvalidTarget['path']): InvalidTarget | undefined {
    const invalid = invalidTargetsOf(this.#view.run.disk, provider);
    return invalid.find((candidate) => candidate.path.join('\n') === path.join('\n'));
  }

  listedInSource(provider: WorkspacePackage, subpath: string): Place | undefined {
    return listedInSource(this.#view.run.disk, provider, subpath);
  }

  declarationIn(manifest: Manifest, packageName: string): Place {
    const fields = ['devDependencies', 'dependencies', 'peerDependencies', 'optionalDependencies'] as const;
    const field = fields.find((name) => Object.hasOwn(manifest.json[name] ?? {}, packageName));
    return field
      ? locateInManifest(manifest, [field, packageName], 'key')
      : { file: manifest.file, start: 0, end: 0 };
  }

  lostName(demand: Demand, entry: FilePath, phase: 'runtime' | 'types'): LostName | undefined {
    return lostNameOf(this.#view, demand, entry, phase);
  }

  declarationOf(provider: WorkspacePackage, name: string): SourceDeclaration | undefined {
    return this.#view.run.declarations.find(provider, name);
  }
}
