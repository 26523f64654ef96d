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
  // Shorter texts cannot reach the limit.
  if (text.length * COST.brace < LARGEST_STACK) return false;
  return new StackEstimate(text, language).exceeds(LARGEST_STACK);
}

/**
 * In bytes. The main thread has 8 MB on Linux and macOS, a worker 4 MB, and the main thread 1 MB on
 * Windows.
 */
const LARGEST_STACK = 700 * 1024;
