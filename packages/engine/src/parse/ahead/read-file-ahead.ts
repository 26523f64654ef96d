import { readFileSync } from 'node:fs';
import type { FilePath } from '../../model/place.js';
import { absoluteOf } from '../../read/file-path.js';
import { signatureAt } from '../../read/file-signature.js';
import { textHash } from '../../read/observed-disk.js';
import type { TextScanner } from '../../text-scan/scan-text.js';
import { languageOf } from '../language-of.js';
import { isNestedDeeply } from '../nesting/nested-too-deeply.js';
import { parseModule } from '../parse-module.js';

/** What a worker has read of a file. The facts are JSON, because most of them are also written as JSON. */
export interface FileAhead {
  readonly index: number;
  /** See `textHash`. */
  readonly hash: string;
  /** See `Disk.signatureOf`; empty if it is unknown. */
  readonly signature: string;
  /** A `TextScan`. */
  readonly scan: string;
  /** A `ModuleRecord`; absent if only the scan was wanted. */
  readonly record?: string;
}

/** What workers are started with. */
export interface AheadOrder {
  readonly root: string;
  readonly files: readonly FilePath[];
  /** By file: 1 if it need not be parsed unless it mentions a package of the workspace. */
  readonly sources: Uint8Array;
  /** See `textScanner`. */
  readonly names: readonly string[];
}

/**
 * Reads one file, as `Disk` and `ModuleStore` do.
 *
 * @returns undefined if the main thread has to read it: it is no plain file, or its tree is so deep
 *   that the size of the thread's stack could matter
 */
export function readFileAhead(
  { root, files, sources }: AheadOrder,
  scanner: TextScanner,
  index: number,
): FileAhead | undefined {
  const file = files[index]!;
  const absolute = absoluteOf(root, file);
  const signature = signatureAt(absolute);
  if (signature === undefined) return undefined;
  const text = readFileSync(absolute, 'utf8');
  const language = languageOf(file);
  if (isNestedDeeply(text, language)) return undefined;
  const scan = scanner.scan(text, language === 'dts');
  const isWanted = sources[index] === 0 || scan.mentions;
  return {
    index,
    hash: textHash(text),
    signature,
    scan: JSON.stringify(scan),
    ...(isWanted && { record: JSON.stringify(parseModule(file, text)) }),
  };
}
