import type { FilePath } from '../model/place.js';
import type { Disk } from '../read/disk.js';
import { folderOf } from '../read/file-path.js';
import { nearestInstalled } from '../read/nearest-installed.js';
import { packageNameIn } from './path-alias.js';

/** The package with the types of another one: `@types/x`, `@types/scope__x`. */
export function typesPackageOf(name: string): string {
  return `@types/${name.replace(/^@/, '').replace('/', '__')}`;
}

/** The folder of the `@types` package for a specifier, if it is installed for a file. */
export function installedTypesOf(disk: Disk, file: FilePath, specifier: string): FilePath | undefined {
  return nearestInstalled(disk, folderOf(file) ?? '.', typesPackageOf(packageNameIn(specifier)));
}

/** The `@types` package that contains a file. */
export function typesPackageIn(file: FilePath | undefined): string | undefined {
  return /node_modules\/(@types\/[^/]+)\/[^]*$/.exec(file ?? '')?.[1];
}
