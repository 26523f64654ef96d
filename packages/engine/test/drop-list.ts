/** A word that user-facing text does not use, and the plain words to use instead. */
export interface DroppedWord {
  readonly pattern: RegExp;
  readonly instead: string;
}

/** The drop list of the project's writing rules, with inflections. */
export const DROP_LIST: readonly DroppedWord[] = [
  { pattern: /\b(?:tell|tells|telling|told)\b/, instead: 'report, print, say, distinguish' },
  { pattern: /\bask(?:s|ed|ing)? (?:for|of)\b/, instead: 'import, import from, request' },
  { pattern: /\b(?:is|are|was|were|be|been|being) asked\b/, instead: 'import, import from, request' },
  { pattern: /\b(?:lead|leads|led|leading) (?:to|nowhere)\b/, instead: 'resolve to, reach, result in' },
  { pattern: /\b(?:come|comes|came|coming) to\b/, instead: 'resolve to, reach, result in' },
  { pattern: /\b(?:stand|stands|stood|standing) (?:for|at|in)\b/, instead: 'represent, be at, be in' },
  { pattern: /\b(?:serve|serves|served|serving)\b/, instead: 'work, be used, match' },
  { pattern: /\bmend(?:s|ed|ing)?\b/, instead: 'fix' },
  { pattern: /\banew\b/, instead: 'again, rebuilt' },
  { pattern: /\bdear(?:er|est|ly)?\b/, instead: 'expensive' },
  { pattern: /\bkin\b/, instead: 'and similar' },
  { pattern: /\b(?:take|takes|took|taken|taking) away\b/, instead: 'remove' },
  {
    pattern: /\b(?:un)?judg(?:e|es|ed|ing|ement|ment)\b|\bverdicts?\b/,
    instead: 'check, unchecked, result',
  },
  { pattern: /\baccus(?:e|es|ed|ing)\b|\b(?:cry|cries|cried|crying) wolf\b/, instead: 'report falsely' },
  { pattern: /\b(?:un)?sound(?:s|ed|er|ly|ness)?\b/, instead: 'valid, correct, works' },
  {
    pattern: /\bnobody(?:['’]s)?\b|\bwho(?:m)?ever\b|\bnothing of\b/,
    instead: 'no one, no package, any … that',
  },
  { pattern: /\b(?:make|makes|made|making) out\b/, instead: 'determine, create' },
  { pattern: /\b(?:hold|holds|held|holding)\b[^.:;]{0,60}\bagainst\b/, instead: 'compare with' },
  { pattern: /\b(?:lie|lies|lay|lying) below\b/, instead: 'is inside, depends on' },
  { pattern: /\bthat (?:is|are|was|were) (?:not )?there\b/, instead: 'existing, that exists' },
  { pattern: /\bfor certain\b|\bsurely\b/, instead: 'nothing: leave it out' },
  { pattern: /\bof (?:which|whose)\b/, instead: 'a new sentence' },
  { pattern: /\bin place of\b/, instead: 'replace, instead of' },
];

/** A place where a dropped word has its literal meaning. */
export interface AllowedWord {
  /** Relative to the workspace root. */
  readonly file: string;
  /** The text around the word, as it is written. */
  readonly phrase: string;
  readonly reason: string;
}

export const ALLOWED: readonly AllowedWord[] = [
  {
    file: 'packages/engine/src/contents/bundle-contents.ts',
    phrase: 'leads to no file of the workspace',
    reason: 'the reason is part of the fingerprint of VE907, and fingerprints do not change',
  },
];
