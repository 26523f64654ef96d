import type { FilePath } from '../model/place.js';
import { joinPath } from './file-path.js';

const NAME = 'exports.surface.txt';

/** The file that records what a package exports, relative to the workspace root. */
export function surfacePathOf(projectRoot: FilePath): FilePath {
  return joinPath(projectRoot, NAME);
}
