import { hash } from 'node:crypto';
import type { FilePath } from '../model/place.js';

/** A text as it was read: its hash, and what identifies the file without reading it (`Disk.signatureOf`). */
export interface ObservedText {
  /** null if there is no such file. */
  readonly hash: string | null;
  /** Empty if it is unknown. */
  readonly signature: string;
}

/**
 * Everything that a run has seen on the disk, as plain data. If all of it is the same, every result
 * of the run is the same, whatever else has changed.
 */
export interface Observations {
  readonly texts: readonly (readonly [file: FilePath, hash: string | null, signature: string])[];
  /** The size is -1 if only the kind matters. */
  readonly stats: readonly (readonly [file: FilePath, kind: string, size: number])[];
  readonly links: readonly (readonly [file: FilePath, isLink: boolean])[];
  readonly realPaths: readonly (readonly [file: FilePath, real: FilePath | null])[];
  readonly folders: readonly (readonly [folder: FilePath, names: string])[];
  readonly globs: readonly (readonly [patterns: readonly string[], files: readonly FilePath[]])[];
  /** What the resolver of installed packages has found, by the whole question. */
  readonly installed: readonly (readonly [question: string, file: FilePath | null])[];
}

/** What `Disk` does not remember itself. Only a run whose reports are kept has one. */
export class ObservedDisk {
  readonly texts = new Map<FilePath, ObservedText>();
  readonly links = new Map<FilePath, boolean>();
  readonly globs = new Map<string, readonly FilePath[]>();
  readonly installed = new Map<string, FilePath | undefined>();
  /** Whether something was seen that cannot be compared later. */
  untraceable = false;
}

/**
 * Identifies a text.
 *
 * A lone half of a character is hashed like a replacement character, so such a text has a mark.
 */
export function textHash(text: string): string {
  const found = hash('sha256', text, 'base64url');
  return text.isWellFormed()
    ? found
    : `${found} ${hash('sha256', Buffer.from(text, 'utf16le'), 'base64url')}`;
}

/** Identifies a list of names and kinds. */
export function namesHash(names: readonly string[]): string {
  return hash('sha256', names.join('\n'), 'base64url').slice(0, 22);
}
