import { statSync } from 'node:fs';
import { join } from 'node:path';
import type { KindOf } from './target-outputs';

/** Makes a function that says whether a path of the workspace is a file or a folder. */
export function kindIn(root: string): KindOf {
  return (path) => {
    const found = statSync(join(root, path), { throwIfNoEntry: false });
    return found && (found.isDirectory() ? 'directory' : 'file');
  };
}
