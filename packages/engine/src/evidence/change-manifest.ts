import type { Edit } from '../model/report.js';
import type { Manifest } from '../model/workspace.js';
import { setProperty } from './set-property.js';

/** A value to set, or to remove if it is undefined. */
export interface ManifestChange {
  readonly path: readonly (string | number)[];
  readonly value: unknown;
}

/** One edit from the first to the last change, so that several changes of one manifest cannot overlap. */
export function changeManifest(manifest: Manifest, changes: readonly ManifestChange[]): readonly Edit[] {
  const [only, ...more] = changes;
  if (only && more.length === 0) return setProperty(manifest, only.path, only.value);
  const text = changes.reduce(
    (before, { path, value }) => applied(before, setProperty({ ...manifest, text: before }, path, value)),
    manifest.text,
  );
  let start = 0;
  while (start < text.length && text[start] === manifest.text[start]) start += 1;
  let tail = 0;
  const shorter = Math.min(text.length, manifest.text.length) - start;
  while (tail < shorter && text.at(-1 - tail) === manifest.text.at(-1 - tail)) tail += 1;
  const end = manifest.text.length - tail;
  return [{ file: manifest.file, start, end, text: text.slice(start, text.length - tail) }];
}

function applied(text: string, edits: readonly Edit[]): string {
  return edits
    .toSorted((a, b) => b.start - a.start)
    .reduce((made, { start, end, text: put }) => made.slice(0, start) + put + made.slice(end), text);
}
