import type { FilePath } from '../model/place.js';
import type { Disk } from './disk.js';

/** The folders with planned releases: changesets, and the version plans of Nx. */
const FOLDERS = ['.changeset', '.nx/version-plans'] as const;

/** The files that plan the next release of packages. */
export function releasePlans(disk: Disk): readonly FilePath[] {
  return FOLDERS.flatMap((folder) =>
    disk
      .filesIn(folder)
      .filter((name) => name.endsWith('.md') && name !== 'README.md')
      .map((name) => `${folder}/${name}`),
  );
}
