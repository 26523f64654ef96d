import { createRequire } from 'node:module';
import type * as HtmlParser from 'htmlparser2';

/**
 * htmlparser2, loaded on first use: few packages have pages or components, and each task runs in
 * its own process.
 */
export function htmlParser(): typeof HtmlParser {
  return createRequire(import.meta.url)('htmlparser2') as typeof HtmlParser;
}
