import type { Demand } from './demand.js';
import type { FilePath } from './place.js';
import type { UnknownFact } from './surface.js';

/** What modules of a project ask for, and those of them that could not be read. */
export interface ModuleDemands {
  readonly demands: readonly Demand[];
  readonly unparsed: readonly UnknownFact[];
  /** How many modules were looked at. */
  readonly modules: number;
}

export interface SourceDemands extends ModuleDemands {
  /** Sources that may import a module for its side effects alone. */
  readonly bareImporters: readonly FilePath[];
}
