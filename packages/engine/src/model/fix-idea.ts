import type { Edit } from './report.js';

/** What to do, and the edits that do it. There are no edits if edits of text are not enough. */
export interface FixIdea {
  readonly title: string;
  readonly edits: readonly Edit[];
}
