import type { FilePath, Place } from './place.js';

/** What a specifier in built output means if it is a path alias that the compiler did not replace. */
export interface LeftAlias {
  /** The file that the alias resolves to when the sources are compiled. */
  readonly source: FilePath;
  /** The file that the build made of it, if it is known. */
  readonly built?: FilePath;
  /** `paths`, `baseUrl`, or a path that starts in the folder of the package or of the workspace. */
  readonly by: 'paths' | 'baseUrl' | 'folder';
  /** The key in `paths`, or the folder that `baseUrl` names. */
  readonly pattern: string;
  /** Where the configuration declares it. */
  readonly place?: Place;
  /** The workspace's own configuration declares it, so that other projects may resolve it as well. */
  readonly shared?: true;
}
