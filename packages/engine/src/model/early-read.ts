import type { FilePath, Place } from './place.js';

/** An imported name that is read before the module that declares it has run: a ReferenceError. */
export interface EarlyRead {
  /** The place that reads it. */
  readonly place: Place;
  readonly name: string;
  /** The place that declares it. */
  readonly origin: Place;
  /** The entry file that is loaded. */
  readonly entry: FilePath;
  /** The imports from the declaring module to the reading one, both ends included. */
  readonly path: readonly FilePath[];
}
