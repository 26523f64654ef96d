import type { FilePath, Place } from './place.js';

/** An imported name that is read while the module that declares it has not run yet: a ReferenceError. */
export interface EarlyRead {
  /** Where it is read. */
  readonly place: Place;
  readonly name: string;
  /** Where it is declared. */
  readonly origin: Place;
  /** The entry file that is loaded. */
  readonly entry: FilePath;
  /** The imports that lead from the declaring module to the reading one; both ends included. */
  readonly path: readonly FilePath[];
}
