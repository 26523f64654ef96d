import type { Served } from './demand.js';
import type { Place } from './place.js';

/** The package that lost a name which another one passes on with `export *`. */
export interface LostName {
  readonly project: string;
  readonly subpath: string;
  readonly served: Served;
  /** Where the package that is imported from re-exports all names. */
  readonly star: Place;
}
