import type { FilePath } from '../model/place.js';
import type { WorkspacePackage } from '../model/workspace.js';
import { folderOf } from '../read/file-path.js';

/**
 * Finds the package of a file: the one with the deepest root, published root or output at or above
 * it.
 */
export class PackageOwners {
  readonly #owners = new Map<FilePath, WorkspacePackage | undefined>();

  constructor(packages: readonly WorkspacePackage[]) {
    // Roots last: if one package's output is another one's root, the folder belongs to the other
    // one.
    for (const pkg of packages) for (const output of pkg.outputs) this.#owners.set(output, pkg);
    for (const pkg of packages)
      if (!this.#owners.has(pkg.publishedRoot)) this.#owners.set(pkg.publishedRoot, pkg);
    for (const pkg of packages) this.#owners.set(pkg.root, pkg);
  }

  /** Undefined for files outside all packages, and for files in a node_modules folder. */
  of(file: FilePath): WorkspacePackage | undefined {
    const passed: FilePath[] = [];
    let owner: WorkspacePackage | undefined;
    for (let path: FilePath | undefined = file; path !== undefined; path = folderOf(path)) {
      if (path === 'node_modules' || path.endsWith('/node_modules')) break;
      if (this.#owners.has(path)) {
        owner = this.#owners.get(path);
        break;
      }
      passed.push(path);
    }
    // Most files are looked up once or twice, their folders again and again.
    for (const path of passed) if (path !== file) this.#owners.set(path, owner);
    return owner;
  }
}
