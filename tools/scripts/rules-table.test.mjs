import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { readmeWithRules } from './rules-table.mjs';

test('the README lists every rule, as `node tools/scripts/rules-table.mjs` writes it', () => {
  expect(readmeWithRules()).toBe(readFileSync(join(import.meta.dirname, '../..', 'README.md'), 'utf8'));
});
