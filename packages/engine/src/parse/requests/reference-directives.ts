import type { Comment } from 'oxc-parser';
import type { RequestDraft } from './request-draft.js';
import { requestDraft } from './request-draft.js';

const DIRECTIVE = /^\/\s*<reference\s[^>]*?\b(types|path)\s*=\s*(["'])(.*?)\2/;

/**
 * `/// <reference types="x" />` and `path="x"` in the comments before the first statement. They
 * only load types. A path is relative to the file, with or without `./`.
 *
 * @param firstStatement the start of the code
 */
export function referenceDirectives(comments: readonly Comment[], firstStatement: number): RequestDraft[] {
  return comments.flatMap((comment): RequestDraft[] => {
    const match =
      comment.type === 'Line' && comment.start < firstStatement ? DIRECTIVE.exec(comment.value) : null;
    if (!match) return [];
    const [whole, kind, , target = ''] = match;
    // The comment's value starts after two slashes.
    const end = comment.start + 2 + whole.length;
    const specifier = kind === 'path' && !/^\.{0,2}\//.test(target) ? `./${target}` : target;
    const draft = requestDraft(specifier, 'reference', { start: end - target.length - 2, end });
    draft.typeOnly = true;
    return [draft];
  });
}

/** Whether a text's comments may contain directives at all. */
export function mayHaveReferences(text: string): boolean {
  return text.includes('<reference');
}
