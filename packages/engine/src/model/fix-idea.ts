import type { Edit } from './report.js';

/** What to do, and the edits that do it; no edits where it takes more than text. */
export interface FixIdea {
  readonly title: string;
  readonly edits: readonly Edit[];
}
