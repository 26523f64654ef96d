import type { FilePath, Place } from './place.js';

/** A relative path in declarations that TypeScript cannot follow under nodenext, because it has no extension. */
export interface ExtensionlessPath {
  readonly place: Place;
  readonly specifier: string;
  /** The file that it means. */
  readonly file: FilePath;
}
