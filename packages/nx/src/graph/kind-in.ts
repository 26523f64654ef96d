import { statSync } from 'node:fs';
import { join } from 'node:path';
import type { KindOf } from './target-outputs';

/** Tells what there is under a path of the workspace. */
export function kindIn(root: string): KindOf {
  return (path) => {
    const found = statSync(join(root, path), { throwIfNoEntry: false });
    return found && (found.isDirectory() ? 'directory' : 'file');
  };
}
