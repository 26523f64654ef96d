import type { EntryPlace, Mode } from './demand.js';
import type { Place } from './place.js';

/** Declarations that TypeScript takes for another module format than Node takes the JavaScript for, which serves the same importers. */
export interface FormatMismatch {
  /** The provider's project. */
  readonly project: string;
  /** How the entry point is asked. */
  readonly mode: Mode;
  readonly runtime: EntryPlace;
  readonly types: EntryPlace;
  /** The JavaScript's format; the declarations have the other one. */
  readonly format: 'esm' | 'commonjs';
  /** Imports in sources of the workspace that TypeScript reads in Node's way and gets wrong by it. */
  readonly misread: readonly { readonly project: string; readonly place: Place }[];
}
