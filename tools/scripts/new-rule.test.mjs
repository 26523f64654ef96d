import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { registryText, rulesFolder } from './new-rule.mjs';

test('the registry lists every rule that has a folder; `npm run new-rule` writes it', () => {
  expect(readFileSync(join(rulesFolder, 'registry.ts'), 'utf8')).toBe(registryText());
});
