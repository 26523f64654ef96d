import type { FilePath, Place } from './place.js';

/** What a loaded module has under a name. */
export interface LoadedName {
  readonly name: string;
  /** `typeof`, `null`, or `throws` if reading the name throws. */
  readonly type: string;
  readonly constructable?: boolean;
  /** Why reading throws. */
  readonly reason?: string;
}

/** Why a module does not load, as far as it concerns someone else than its authors. */
export type LoadCause =
  /** A package that the consumer has to install is not installed here. */
  | { readonly kind: 'peer'; readonly package: string }
  /** The code needs a global variable that only browsers have. */
  | { readonly kind: 'browser'; readonly variable: string }
  /** The code needs a variable of the environment. */
  | { readonly kind: 'environment'; readonly variable: string }
  /** The code does something that the check denies: it writes a file, or uses the network. */
  | { readonly kind: 'denied'; readonly what: string };

export type LoadOutcome =
  | {
      readonly kind: 'loaded';
      readonly names: readonly LoadedName[];
      /** What keeps the process running, such as a timer or a server. */
      readonly open: readonly string[];
    }
  | {
      readonly kind: 'failed';
      /** `later`: after everything was loaded. */
      readonly stage: 'load' | 'probe' | 'later';
      readonly message: string;
      readonly cause?: LoadCause;
    }
  | { readonly kind: 'exited'; readonly code: number }
  | { readonly kind: 'timed-out'; readonly seconds: number }
  | { readonly kind: 'killed'; readonly reason: string };

/** One file, loaded as one kind of consumer does. */
export interface LoadAttempt {
  readonly subpath: string;
  readonly conditions: readonly string[];
  readonly file: FilePath;
  readonly mode: 'import' | 'require';
  /** Where the manifest names the file. */
  readonly place: Place;
  readonly outcome: LoadOutcome;
  /** The first frame of the error in a file of the workspace, mapped to its source if a map exists. */
  readonly frame?: Place;
  /** The files by which the entry reaches the frame's file, both included. */
  readonly chain: readonly FilePath[];
}

/** A value that the check promises and the loaded module does not have. */
export interface RuntimeMismatch {
  readonly attempt: LoadAttempt;
  readonly name: string;
  readonly kind: 'absent' | 'undefined' | 'throws' | 'not-callable' | 'not-constructable';
  readonly reason?: string;
  /** Where the name is declared. */
  readonly declared: Place;
  /** The declarations say it. Otherwise the JavaScript does. */
  readonly byTypes: boolean;
}

/** What loading a project's entry points showed. */
export interface LoadReport {
  readonly attempts: readonly LoadAttempt[];
  readonly mismatches: readonly RuntimeMismatch[];
}
