import type { NeededFile } from '../model/shipping.js';
import type { EvidenceAt } from './define-rule.js';

const LISTED_AT_MOST = 5;

const VERB: Partial<Record<NonNullable<NeededFile['by']>['kind'], string>> = {
  types: 'referred to',
  worker: 'started as a worker',
  file: 'read',
  markup: 'loaded',
  style: 'loaded',
  chunk: 'loaded',
  url: 'referred to',
};

/** `"./chunks/a.js" is imported in built output`: the first part of a message about a file that does not ship. */
export function neededWords({ file, by }: NeededFile): string {
  if (!by) return `${file} is where the output starts`;
  if (by.kind === 'entry') return `${file} is an entry point`;
  return `"${by.specifier}" is ${VERB[by.kind] ?? 'imported'} in built output`;
}

/** All files that one cause concerns, and who asks for the first. */
export function neededEvidence(role: string, files: readonly NeededFile[]): readonly EvidenceAt[] {
  const names = files.map(({ file }) => file);
  const more = names.length - LISTED_AT_MOST;
  const text = more > 0 ? `${names.slice(0, LISTED_AT_MOST).join(', ')} and ${more} more` : names.join(', ');
  const [first] = files;
  const asked = first?.by;
  return [
    { role, text },
    ...(asked
      ? [
          {
            role: 'needed',
            text: asked.kind === 'entry' ? 'as an entry point' : `"${asked.specifier}"`,
            place: asked.place,
          },
        ]
      : []),
  ];
}

/** Where failing is nowhere certain, a warning is all there is to say. */
export function allSoft(files: readonly NeededFile[]): boolean {
  return files.every(({ soft }) => soft);
}

/** What lacks, after the first part of the message: `a.js`, `it and 4 more files`. */
export function lackWords(files: readonly [NeededFile, ...NeededFile[]]): string {
  const [{ file, by }] = files;
  // What stands at the beginning of the sentence need not be told twice.
  const first = !by || by.kind === 'entry' ? 'it' : file;
  if (files.length === 1) return first;
  return files.length === 2 ? `${first} and one more file` : `${first} and ${files.length - 1} more files`;
}
