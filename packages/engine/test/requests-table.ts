import { describe, expect, test } from 'vitest';
import { parseModule } from '../src/parse/parse-module.js';
import { checkText } from './check-record.js';
import { describeRequest } from './describe-record.js';

/**
 * The requests of a text, one line each. It also checks their positions, in several spellings of
 * the text.
 */
function requestsOf(text: string, file = 'module.ts'): string[] {
  expect(checkText(text, (variant) => parseModule(file, variant))).toEqual([]);
  const record = parseModule(file, text);
  expect(record.syntaxError).toBeUndefined();
  return record.requests.map(describeRequest);
}

/** A text, its requests as `describeRequest` prints them, and the text's file. */
export type Row = readonly [text: string, requests: readonly string[], file?: string];

/** Tests of the requests in texts. */
export function table(name: string, rows: readonly Row[]): void {
  describe(name, () => {
    test.each(rows.map(([text, requests, file = 'module.ts']) => [file, text, requests] as const))(
      '%s: %s',
      (file, text, requests) => {
        expect(requestsOf(text, file)).toEqual(requests);
      },
    );
  });
}
