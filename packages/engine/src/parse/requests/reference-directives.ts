import type { Comment } from 'oxc-parser';
import type { RequestDraft } from './request-draft.js';
import { requestDraft } from './request-draft.js';

const DIRECTIVE = /^\/\s*<reference\s[^>]*?\b(types|path)\s*=\s*(["'])(.*?)\2/;

/**
 * `/// <reference types="x" />` and `path="x"` among the comments ahead of the first statement. They only load types; a path
 * is relative to the file, whether it says so or not.
 *
 * @param firstStatement where the code begins
 */
export function referenceDirectives(comments: readonly Comment[], firstStatement: number): RequestDraft[] {
  return comments.flatMap((comment): RequestDraft[] => {
    const match =
      comment.type === 'Line' && comment.start < firstStatement ? DIRECTIVE.exec(comment.value) : null;
    if (!match) return [];
    const [whole, kind, , target = ''] = match;
    // Two slashes stand before the comment's value.
    const end = comment.start + 2 + whole.length;
    const specifier = kind === 'path' && !/^\.{0,2}\//.test(target) ? `./${target}` : target;
    const draft = requestDraft(specifier, 'reference', { start: end - target.length - 2, end });
    draft.typeOnly = true;
    return [draft];
  });
}

/** Whether it is worth looking at a text's comments at all. */
export function mayHaveReferences(text: string): boolean {
  return text.includes('<reference');
}
