import type { ModuleRequest } from '../model/module-record.js';
import type { FilePath } from '../model/place.js';
import { folderOf, joinPath } from '../read/file-path.js';

/** The file from which a request of a module is resolved: the module, or what the request names instead. */
export function askedFrom(file: FilePath, { base }: Pick<ModuleRequest, 'base'>): FilePath {
  return base === undefined ? file : joinPath(folderOf(file) ?? '.', base);
}
