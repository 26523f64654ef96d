import type { FilePath } from '../model/place.js';
import { languageOf } from '../parse/language-of.js';
import { mayLinkOtherwise } from '../text-scan/local-paths.js';

/** Whether a built file is CommonJS, and its text quotes everything that it can load. */
export function linksByText(file: FilePath, text: string): boolean {
  return languageOf(file) === 'js' && !mayLinkOtherwise(text);
}
