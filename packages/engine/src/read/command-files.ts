import type { FilePath } from '../model/place.js';
import type { WorkspacePackage } from '../model/workspace.js';
import type { Disk } from './disk.js';
import { joinPath } from './file-path.js';

/** The files behind a package's `bin`, as far as they are there. */
export function commandFilesOf(disk: Disk, pkg: WorkspacePackage): readonly FilePath[] {
  const bin = pkg.published?.json.bin;
  const targets = typeof bin === 'object' && bin !== null ? Object.values(bin) : [bin];
  return targets.flatMap((target) => {
    const file = typeof target === 'string' ? joinPath(pkg.publishedRoot, target) : undefined;
    return file !== undefined && disk.isFile(file) ? [file] : [];
  });
}
