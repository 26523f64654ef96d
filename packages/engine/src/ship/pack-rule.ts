import type { FilePath } from '../model/place.js';

/** The rule by which npm leaves a file out. */
export interface PackRule {
  /**
   * `.npmignore` and `.gitignore` by path; `files` for the manifest's list; `npm` for what npm
   * always leaves out.
   */
  readonly source:
    { readonly kind: 'files' | 'npm' | 'link' } | { readonly kind: 'ignore-file'; readonly file: FilePath };
  /** The rule as npm reads it; `*` of `files` means that no entry of the list matches. */
  readonly text: string;
  readonly start: number;
  readonly end: number;
}

/** The lines from which ignore-walk creates rules, in the same order. */
export function ruleLines(text: string): readonly { text: string; start: number; end: number }[] {
  const lines: { text: string; start: number; end: number }[] = [];
  let offset = 0;
  for (const line of text.split('\n')) {
    const rule = line.trim();
    const start = offset + line.indexOf(rule);
    if (!/^#|^$/.test(rule)) lines.push({ text: rule, start, end: start + rule.length });
    offset += line.length + 1;
  }
  return lines;
}
