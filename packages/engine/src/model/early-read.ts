import type { FilePath, Place } from './place.js';

/**
 * An imported name that is read before the module that declares it has run. In ES modules that is a ReferenceError. In CommonJS
 * the name is undefined, and using it is a TypeError. In a cycle of both, Node refuses to load the module at all; the name is its
 * specifier.
 */
export interface EarlyRead {
  /** The place that reads it. */
  readonly place: Place;
  readonly name: string;
  readonly format: 'esm' | 'commonjs' | 'mixed';
  /** The project of the module that reads. */
  readonly project: string;
  /** The place that declares it. */
  readonly origin: Place;
  /** The entry file that is loaded. */
  readonly entry: FilePath;
  /** The imports from the declaring module to the reading one, both ends included. */
  readonly path: readonly FilePath[];
}
