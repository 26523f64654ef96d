import type { Demand } from './demand.js';
import type { FilePath } from './place.js';
import type { UnknownFact } from './surface.js';

/** What the modules of a project import, and the modules that could not be read. */
export interface ModuleDemands {
  readonly demands: readonly Demand[];
  readonly unparsed: readonly UnknownFact[];
  /** How many modules were read. */
  readonly modules: number;
}

export interface SourceDemands extends ModuleDemands {
  /** Sources that may import a module only for its side effects. */
  readonly bareImporters: readonly FilePath[];
}
