import type { Place } from './place.js';

/** What loads built output by itself. Bundlers only read it. */
export type Runtime = 'node' | 'browser';

/** One reason to believe that a runtime loads a package's output. */
export interface RuntimeSign {
  readonly runtime: Runtime;
  /** The fact in words: `"start" runs node dist/main.js`. */
  readonly reason: string;
  /** A likely sign counts only if no sign names the other runtime. */
  readonly strength: 'certain' | 'likely';
  readonly place?: Place;
}

/** Whether people outside the workspace can install a package, and the fact that says so. */
export interface Publication {
  readonly published: boolean;
  readonly reason: string;
  readonly place?: Place;
}
