import type { EntryPlace, Mode } from './demand.js';
import type { Place } from './place.js';

/**
 * Declarations whose module format for TypeScript differs from the format of the JavaScript for
 * Node, for the same importers.
 */
export interface FormatMismatch {
  /** The provider's project. */
  readonly project: string;
  /** How the entry point is loaded. */
  readonly mode: Mode;
  readonly runtime: EntryPlace;
  readonly types: EntryPlace;
  /** The JavaScript's format; the declarations have the other one. */
  readonly format: 'esm' | 'commonjs';
  /**
   * Correct imports fail: of a default export, or all imports by `require`. Otherwise TypeScript is only
   * wrong about a default export that the declarations do not list.
   */
  readonly failsForImporters: boolean;
  /** Imports in the workspace's sources that TypeScript therefore reads wrongly. */
  readonly misread: readonly { readonly project: string; readonly place: Place }[];
}
