import type { EntryFailure, EntryPlace } from './demand.js';
import type { FilePath, Place } from './place.js';

/** Something that built output imports from an installed package of another workspace, and that this package does not have. */
export type InstalledMismatch = {
  /** Of the name, or of the specifier. */
  readonly place: Place;
  readonly specifier: string;
  readonly packageName: string;
  /** The installed version. */
  readonly version?: string;
  /** Of the installed package. */
  readonly manifest: FilePath;
  /** By `require`, not by an import. */
  readonly required?: true;
  /** A style sheet imports it, so that the build fails. */
  readonly isStyle?: true;
  /** Loading an entry point of the output is sure to fail. */
  readonly certain: boolean;
} & (
  | {
      readonly kind: 'entry-point';
      readonly entry: EntryFailure;
    }
  | {
      readonly kind: 'name';
      readonly name: string;
      readonly entry: EntryPlace;
      readonly offers: readonly string[];
      /** CommonJS that Node loads: the name is none of those that its lexer detects. */
      readonly undetected?: true;
    }
);
