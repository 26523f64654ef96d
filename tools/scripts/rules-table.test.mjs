import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { readmeWithRules } from './rules-table.mjs';

test('README.md lists every rule by range (`node tools/scripts/rules-table.mjs` writes the list)', async () => {
  expect(await readmeWithRules()).toBe(readFileSync(join(import.meta.dirname, '../..', 'README.md'), 'utf8'));
});
