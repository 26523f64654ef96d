import type { FilePath } from '../model/place.js';
import type { WorkspacePackage } from '../model/workspace.js';
import { folderOf } from '../read/file-path.js';

/**
 * Finds the package of a file: the one with the deepest root, published root or output at or above
 * it.
 */
export class PackageOwners {
  readonly #owners = new Map<FilePath, WorkspacePackage>();
  readonly #remembered = new Map<FilePath, WorkspacePackage | undefined>();
  /**
   * Folders that a build writes as a whole. A `node_modules` folder inside is a part of the output.
   */
  readonly #built: ReadonlySet<FilePath>;

  constructor(packages: readonly WorkspacePackage[]) {
    // Roots last: if one package's output is another one's root, the folder belongs to the other
    // one.
    for (const pkg of packages) for (const output of pkg.outputs) this.#owners.set(output, pkg);
    for (const pkg of packages)
      if (!this.#owners.has(pkg.publishedRoot)) this.#owners.set(pkg.publishedRoot, pkg);
    for (const pkg of packages) this.#owners.set(pkg.root, pkg);
    const roots = new Set(packages.map(({ root }) => root));
    const built = packages.flatMap(({ outputs, publishedRoot }) => [...outputs, publishedRoot]);
    this.#built = new Set(built.filter((folder) => !roots.has(folder)));
  }

  /**
   * Undefined for what is outside all packages, and for whatever is installed in a node_modules
   * folder that no build wrote.
   */
  of(file: FilePath): WorkspacePackage | undefined {
    const passed: FilePath[] = [];
    let owner: WorkspacePackage | undefined;
    let isInstalled = false;
    for (let path: FilePath | undefined = file; path !== undefined; path = folderOf(path)) {
      if (NODE_MODULES.test(path)) isInstalled = true;
      if (this.#remembered.has(path)) {
        owner = this.#remembered.get(path);
        break;
      }
      if (isInstalled ? this.#built.has(path) : this.#owners.has(path)) {
        owner = this.#owners.get(path);
        break;
      }
      // Above a node_modules folder the answers differ from those for other files.
      if (!isInstalled || NODE_MODULES.test(path)) passed.push(path);
    }
    // Most files are looked up once or twice, their folders again and again.
    for (const path of passed) if (path !== file) this.#remembered.set(path, owner);
    return owner;
  }
}

const NODE_MODULES = /(?:^|\/)node_modules$/;
