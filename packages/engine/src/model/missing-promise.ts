import type { EntryPlace } from './demand.js';

/** A name of the option `mustExport` that an entry point does not export. */
export interface MissingPromise {
  readonly subpath: string;
  readonly name: string;
  /** The variant that lacks it; absent if the entry point does not resolve. */
  readonly entry?: EntryPlace;
  readonly mode: 'import' | 'require';
  readonly offers: readonly string[];
}
