import nodePath from 'node:path';
import { groupBy } from '../collections/group-by.js';
import { remembered } from '../collections/remembered.js';
import type { FilePath } from '../model/place.js';
import type { ImageFacts, ImagePackageGap, NeededPackage } from '../model/shipping.js';
import type { UnknownFact } from '../model/surface.js';
import type { Manifest, Workspace, WorkspacePackage } from '../model/workspace.js';
import type { Disk } from '../read/disk.js';
import { folderOf, isWithin, joinPath, pathWithin } from '../read/file-path.js';
import { nearestInstalled } from '../read/nearest-installed.js';
import { packageScopeOf } from '../read/package-scope.js';
import { declaredIn } from '../trace/declared-packages.js';
import type { ApplicationImage } from './application-image.js';
import { InstalledInImage } from './docker/installed-in-image.js';
import type { Installed } from './docker/installed-in-image.js';
import { deployments } from './docker/run-command.js';
import { packagesFor } from './installed-dependencies.js';

/** A result for one import, with the reason. */
type Lack = Omit<ImagePackageGap, 'dockerfile' | 'name' | 'owner' | 'importers'>;

/**
 * The packages from outside the workspace that the output imports, but that no `node_modules` folder
 * of the image has. The workspace shows in which folder each package is installed.
 */
export function imagePackageGaps(
  application: ApplicationImage,
): Pick<ImageFacts, 'packages' | 'unknownFacts'> {
  const search = new PackageSearch(application);
  const lacks: { readonly needed: NeededPackage; readonly lack: Lack }[] = [];
  const unknown = new Set<string>();
  for (const needed of application.neededPackages) {
    const lack = search.lackOf(needed);
    if (lack === 'unknown') unknown.add(needed.name);
    else if (lack) lacks.push({ needed, lack });
  }
  const groups = groupBy(lacks, ({ needed: { name, owner }, lack: { kind } }) =>
    JSON.stringify([owner.project, name, kind]),
  );
  const packages = [...groups.values()].map(([first, ...rest]) => ({
    ...first.lack,
    dockerfile: application.image.candidate.file,
    name: first.needed.name,
    owner: first.needed.owner,
    importers: [first.needed, ...rest.map(({ needed }) => needed)] as const,
  }));
  return { packages, unknownFacts: unknown.size > 0 ? [unknownPackages(application, [...unknown])] : [] };
}

/** One fact for each image, because one line of the Dockerfile usually causes all of them. */
function unknownPackages({ image: { contents } }: ApplicationImage, names: readonly string[]): UnknownFact {
  const [first, ...others] = names.toSorted();
  const more = others.length === 0 ? '' : ` and ${others.length} more package${others.length > 1 ? 's' : ''}`;
  return {
    kind: 'opaque-image',
    reason: `no line shows whether "${first}"${more} is installed in it`,
    place: contents.plan.stages[contents.final]!.place,
  };
}

class PackageSearch {
  readonly #application: ApplicationImage;
  readonly #images: InstalledInImage;
  readonly #production = new Map<number, ReadonlySet<FilePath> | undefined>();

  constructor(application: ApplicationImage) {
    this.#application = application;
    const { image, view } = application;
    const { disk, workspace } = view.run;
    const inWorkspace = (path: FilePath): FilePath => joinPath(image.context, path);
    this.#images = new InstalledInImage(image.contents, {
      manifests: manifestsOf(workspace).flatMap(({ file }) =>
        isWithin(image.context, file) ? pathWithin(image.context, file) : [],
      ),
      exists: (path) => disk.kindOf(inWorkspace(path)) !== undefined,
      isFolder: (path) => disk.kindOf(inWorkspace(path)) === 'directory',
      isWhole: image.context === '.',
      comesWith: (folder, name, production) => this.#comesWith(inWorkspace(folder), name, production),
      isForProduction: (path, stage) => this.#productionOf(stage)?.has(inWorkspace(path)),
    });
  }

  /** Undefined if the image has the package. */
  lackOf({ name, place, owner }: NeededPackage): Lack | 'unknown' | undefined {
    const { image, view } = this.#application;
    const { disk } = view.run;
    const installed = nearestInstalled(disk, folderOf(place.file) ?? '.', name);
    if (installed === undefined) return undefined;
    const at = this.#placesOf(place.file);
    if (at.length === 0) return this.#lackOfDeployment(name, owner, installed);
    const stage = image.contents.plan.stages[image.contents.final]!;
    let worst: Installed = { kind: 'no' };
    for (const path of at) {
      for (const folder of foldersAbove(path)) {
        const there = nodePath.posix.join(folder, 'node_modules', name);
        const found = this.#images.inStage(image.contents.final, there);
        if (found.kind === 'yes') return undefined;
        if (found.kind === 'unknown') return this.#isListedInOutput(place.file, name) ? undefined : 'unknown';
        if (found.kind === 'as-on-disk') {
          const { copy } = found;
          if (!this.#isDangling(there, found.origin)) return undefined;
          return { kind: 'dangling', installed, text: '', place: (copy ?? stage).place };
        }
        if (found.kind === 'development') worst = found;
      }
    }
    if (worst.kind === 'development') {
      const manifest = this.#developmentManifest(name, owner);
      const { command: text, place: by } = worst.by;
      return { kind: 'development', installed, text, place: by, ...(manifest && { manifest }) };
    }
    const presence = this.#application.presenceOf(joinPath(installed, 'package.json'));
    if (presence.kind === 'ignored')
      return { kind: 'ignored', installed, text: presence.by.text, place: presence.by.place };
    return { kind: 'not-copied', installed, text: '', place: (image.contents.lastCopy ?? stage).place };
  }

  /** The manifest that the build wrote beside the output lists the package, so that installing there installs it. */
  #isListedInOutput(file: FilePath, name: string): boolean {
    const { own, view } = this.#application;
    const manifest = packageScopeOf(view.run.disk, file)?.manifest;
    return manifest?.file !== own.source?.file && declaredIn(manifest, name) === 'installed';
  }

  /** The absolute paths of a file in the image, from the context or from a stage that builds it. */
  #placesOf(file: FilePath): readonly string[] {
    const { image } = this.#application;
    const presence = this.#application.presenceOf(file);
    if (presence.kind === 'in') return presence.paths;
    if (presence.kind === 'outside-context' || !this.#application.mayBuild(this.#application.own)) return [];
    const brought = image.contents.broughtFromStage(pathWithin(image.context, file));
    return brought ? [brought.here] : [];
  }

  /**
   * Whether a package in the image is a link to a folder that the image does not have. Package
   * managers that keep packages in a store put such links into `node_modules`, and COPY keeps links.
   */
  #isDangling(there: string, origin: FilePath): boolean {
    const { image, view } = this.#application;
    const link = joinPath(image.context, origin);
    const target = view.run.disk.isLink(link) ? view.run.disk.realPath(link) : undefined;
    if (target === undefined || !isWithin(image.context, target) || !target.includes('node_modules/'))
      return false;
    const relative = nodePath.posix.relative(nodePath.posix.dirname(link), target);
    const inImage = nodePath.posix.join(nodePath.posix.dirname(there), relative);
    return this.#images.inStage(image.contents.final, inImage).kind === 'no';
  }

  #developmentManifest(name: string, owner: WorkspacePackage): Manifest | undefined {
    const { own, view } = this.#application;
    return [owner.source, own.source, view.run.workspace.rootManifest].find(
      (manifest) => declaredIn(manifest, name) === 'development',
    );
  }

  /**
   * What a copy by `pnpm deploy` lacks, for the application's own output. Options that put packages
   * into other folders make it unknown.
   */
  #lackOfDeployment(name: string, owner: WorkspacePackage, installed: FilePath): Lack | undefined {
    const { own, image, view } = this.#application;
    const { source: manifest } = owner;
    if (owner !== own || !manifest || hoists(view.run.disk)) return undefined;
    for (const { stage, step } of image.contents.runs) {
      for (const { filter, production, folder, command } of deployments(step.command)) {
        const target = nodePath.posix.resolve(step.workdir, folder);
        if (!selects(filter, own) || !image.contents.takesFrom(stage, target)) continue;
        const declared = declaredIn(manifest, name);
        if (declared === 'installed' || (declared === 'development' && !production)) return undefined;
        const listed = declared === 'development';
        return { kind: 'deploy', installed, text: command, place: step.place, manifest, listed };
      }
    }
    return undefined;
  }

  /** By name, because a package that is installed alone has another layout. */
  #comesWith(folder: FilePath, name: string, production: boolean): boolean | undefined {
    const { disk, workspace } = this.#application.view.run;
    const manifests = manifestsOf(workspace).filter(({ file }) => file === joinPath(folder, 'package.json'));
    const all = packagesFor(disk, manifests, !production);
    return all && [...all].some((path) => path === name || path.endsWith(`node_modules/${name}`));
  }

  #productionOf(stage: number): ReadonlySet<FilePath> | undefined {
    return remembered(this.#production, stage, () => {
      const { image, view } = this.#application;
      const manifests = manifestsOf(view.run.workspace).filter(({ file }) => {
        if (!isWithin(image.context, file)) return false;
        return image.contents.pathsInStage(stage, pathWithin(image.context, file)).length > 0;
      });
      return packagesFor(view.run.disk, manifests, false);
    });
  }
}

function manifestsOf({ rootManifest, packages }: Workspace): readonly Manifest[] {
  const all = [rootManifest, ...packages.map(({ source }) => source)].filter((one) => one !== undefined);
  return [...new Map(all.map((manifest) => [manifest.file, manifest])).values()];
}

/** Settings of pnpm under which code finds packages that its manifest does not list. */
function hoists(disk: Disk): boolean {
  return ['.npmrc', 'pnpm-workspace.yaml'].some((file) =>
    /hoist|node-?linker/i.test(disk.readText(file) ?? ''),
  );
}

/** https://pnpm.io/filtering: the scope of a name can be left out, and `./` begins a folder. */
function selects(filter: string, { name = '', root }: WorkspacePackage): boolean {
  return filter === name || filter === name.replace(/^@[^/]+\//, '') || joinPath(filter) === root;
}

/** From the folder of a file upwards. */
function foldersAbove(file: string): readonly string[] {
  const folders: string[] = [];
  for (let at = nodePath.posix.dirname(file); ; at = nodePath.posix.dirname(at)) {
    if (nodePath.posix.basename(at) !== 'node_modules') folders.push(at);
    if (at === '/') return folders;
  }
}
