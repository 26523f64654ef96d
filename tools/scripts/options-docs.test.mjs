import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { generatedFiles, root } from './options-docs.mjs';

test('every generated file is up to date; `node tools/scripts/options-docs.mjs` writes them', async () => {
  for (const [file, text] of await generatedFiles()) {
    expect(readFileSync(join(root, file), 'utf8'), file).toBe(text);
  }
});
