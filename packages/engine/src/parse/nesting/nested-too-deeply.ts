import type { Language } from '../../model/module-record.js';
import { COST } from './costs.js';
import { StackEstimate } from './stack-estimate.js';

/**
 * Whether a text may be nested so deeply that the parser would overflow the stack. The parser is
 * native and recursive, so that would end the whole process. The result is an estimate of the stack
 * that the parser needs, from one pass over the text.
 *
 * The costs are measured: bytes of stack for each construct that stays open
 * (`nested-too-deeply.test.ts` tries each of them).
 */
export function isNestedTooDeeply(text: string, language: Language): boolean {
  return needsStack(text, language, LARGEST_STACK);
}

/**
 * Whether a text is nested deeper than people write. Then the size of a thread's stack may decide
 * how much of it can be read.
 */
export function isNestedDeeply(text: string, language: Language): boolean {
  return needsStack(text, language, USUAL_STACK);
}

function needsStack(text: string, language: Language, limit: number): boolean {
  // Shorter texts cannot reach the limit.
  return text.length * COST.brace >= limit && new StackEstimate(text, language).exceeds(limit);
}

/**
 * In bytes. The main thread has 8 MB on Linux and macOS, a worker 4 MB, and the main thread 1 MB on
 * Windows.
 */
const LARGEST_STACK = 700 * 1024;

/** In bytes. Functions that walk the tree of such a text need a part of the smallest stack. */
const USUAL_STACK = LARGEST_STACK / 7;
