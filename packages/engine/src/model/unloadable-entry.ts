import type { NodeRefusal } from './node-refusal.js';
import type { FilePath, Place } from './place.js';

/** An entry point that a published package offers to Node, and that Node cannot link or parse. */
export interface UnloadableEntry {
  readonly subpath: string;
  readonly file: FilePath;
  /** The target in the manifest, or the file if no field names it. */
  readonly place: Place;
  /** The first thing that Node refuses. */
  readonly refusal: NodeRefusal;
  /** How much of that kind it refuses in all that the entry point loads. */
  readonly times: number;
}
