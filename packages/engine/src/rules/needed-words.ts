import type { NeededFile } from '../model/shipping.js';
import type { EvidenceAt, EvidenceRole } from './define-rule.js';

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

/**
 * The start of a message about a file that does not ship: `"./chunks/a.js" is imported in built
 * output`.
 */
export function neededWords({ file, by }: NeededFile): string {
  if (!by) return `${file} is where the program starts`;
  if (by.kind === 'entry') return `${file} is an entry point`;
  return `"${by.specifier}" is ${VERB[by.kind] ?? 'imported'} in built output`;
}

/** All files that one cause excludes, and the place that needs the first of them. */
export function neededEvidence(role: EvidenceRole, files: readonly NeededFile[]): readonly EvidenceAt[] {
  const names = files.map(({ file }) => file);
  const more = names.length - LISTED_AT_MOST;
  const text = more > 0 ? `${names.slice(0, LISTED_AT_MOST).join(', ')} and ${more} more` : names.join(', ');
  const [first] = files;
  const neededBy = first?.by;
  return [
    { role, text },
    ...(neededBy
      ? [
          {
            role: 'needed' as const,
            text: neededBy.kind === 'entry' ? 'as an entry point' : `"${neededBy.specifier}"`,
            place: neededBy.place,
          },
        ]
      : []),
  ];
}

/** The pronoun for the missing files; a whole package is `it`. */
export function itOrThem({ length }: readonly NeededFile[], wholePackage = false): string {
  return length > 1 && !wholePackage ? 'them' : 'it';
}

/** Without these files a failure is possible but not certain, so the finding is a warning. */
export function allSoft(files: readonly NeededFile[]): boolean {
  return files.every(({ soft }) => soft);
}

/** The missing files, in the second part of the message: `a.js`, `it and 4 more files`. */
export function missingWords(files: readonly [NeededFile, ...NeededFile[]]): string {
  const [{ file, by }] = files;
  // The sentence already begins with this file.
  const first = !by || by.kind === 'entry' ? 'it' : file;
  if (files.length === 1) return first;
  return files.length === 2 ? `${first} and one more file` : `${first} and ${files.length - 1} more files`;
}
