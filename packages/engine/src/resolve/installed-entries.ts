import { remembered } from '../collections/remembered.js';
import type { EntryResolution } from '../model/demand.js';
import type { FilePath } from '../model/place.js';
import type { WorkspacePackage } from '../model/workspace.js';
import type { Disk } from '../read/disk.js';
import { folderOf, joinPath } from '../read/file-path.js';
import { nearestInstalled } from '../read/nearest-installed.js';
import type { EntryAsk } from './entry-outcome.js';
import { aliasSubpath, packageNameIn } from './path-alias.js';
import { tolerantManifest } from './required-file.js';
import { resolveEntry } from './resolve-entry.js';
import { findsStyle, styleCandidates } from './style-subpath.js';

/** An installed package, as far as importing from it goes. */
export interface InstalledPackage {
  readonly name: string;
  readonly folder: FilePath;
  readonly version?: string;
  readonly manifest: FilePath;
  /** The text of its package.json. */
  readonly text: string;
}

/**
 * Entry points of installed packages, by the same algorithms as those of the workspace's own packages. `InstalledPackages` only
 * finds files, and is as lenient as bundlers; this says what Node does, and why an entry point resolves to no file.
 */
export class InstalledEntries {
  readonly #disk: Disk;
  readonly #packages = new Map<FilePath, WorkspacePackage | undefined>();
  readonly #entries = new Map<string, EntryResolution>();

  constructor(disk: Disk) {
    this.#disk = disk;
  }

  /** The installed package that a specifier names for a module; undefined if none is, or if its package.json cannot be read. */
  packageOf(specifier: string, from: FilePath): InstalledPackage | undefined {
    const pkg = this.#find(specifier, from);
    const manifest = pkg?.published;
    if (!pkg || !manifest) return undefined;
    const { version } = manifest.json;
    return {
      name: packageNameIn(specifier),
      folder: pkg.root,
      manifest: manifest.file,
      text: manifest.text,
      ...(typeof version === 'string' && { version }),
    };
  }

  /** What a specifier resolves to; undefined if the package is not installed. */
  resolve(specifier: string, from: FilePath, ask: EntryAsk): EntryResolution | undefined {
    const pkg = this.#find(specifier, from);
    if (!pkg) return undefined;
    const subpath = aliasSubpath(specifier);
    const key = JSON.stringify([pkg.root, subpath, ask]);
    return remembered(this.#entries, key, () => resolveEntry(this.#disk, pkg, subpath, ask));
  }

  /** Whether a style sheet finds a file at a subpath of an installed package; undefined if it is not installed. */
  hasStyle(specifier: string, from: FilePath): boolean | undefined {
    const pkg = this.#find(specifier, from);
    return pkg && findsStyle(this.#disk, pkg, aliasSubpath(specifier));
  }

  /** Whether an installed package contains the file of a subpath, whatever its `exports` says. */
  hasFile(specifier: string, from: FilePath): boolean {
    const pkg = this.#find(specifier, from);
    if (!pkg) return false;
    return styleCandidates(joinPath(pkg.root, aliasSubpath(specifier))).some((path) =>
      this.#disk.isFile(path),
    );
  }

  #find(specifier: string, from: FilePath): WorkspacePackage | undefined {
    const name = packageNameIn(specifier);
    const folder = nearestInstalled(this.#disk, folderOf(from) ?? '.', name);
    if (folder === undefined) return undefined;
    return remembered(this.#packages, folder, () => {
      const published = tolerantManifest(this.#disk, joinPath(folder, 'package.json'));
      if (!published) return undefined;
      const publication = { published: true, reason: 'it is installed' };
      return {
        project: folder,
        root: folder,
        name,
        published,
        publishedRoot: folder,
        outputs: [],
        publication,
      };
    });
  }
}
