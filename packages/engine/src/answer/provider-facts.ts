import type { Answer, Demand, EntryResolution, LinkError, Mode } from '../model/demand.js';
import type { Place } from '../model/place.js';
import type { Opening } from '../model/surface.js';

/** What answering needs to know about providers. */
export interface ProviderFacts {
  /** Set when nothing of the provider can be judged: not built, broken manifest. */
  unjudgeable(provider: string): Opening | undefined;
  resolve(demand: Demand, mode: Mode, phase: 'runtime' | 'types'): EntryResolution;
  /** Link errors inside the output that an entry file loads; asked for `import` of ES modules. */
  linkErrors(provider: string, entryFile: string): readonly LinkError[];
  /** Demands of other packages that load with an entry file, which keep it from loading. */
  brokenBelow(provider: string, entryFile: string): readonly Answer[];
  /** Where the asking source uses the name as a value. */
  usedAsValue(demand: Demand): Place | undefined;
  /** Each source is compiled without a look at the others, so that a const enum's values are read at run time. */
  compiledAlone(file: string): boolean;
  /** Names that modules of the workspace add by `declare module` to the provider's entry point. */
  augmented(demand: Demand): boolean;
  /** What the provider's sources declare the name as, where they do: tells a type from a value once both are gone. */
  declaredKind(demand: Demand): 'type' | 'value' | undefined;
}
