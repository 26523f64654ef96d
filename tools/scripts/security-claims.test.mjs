import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';

const root = join(import.meta.dirname, '../..');
const page = readFileSync(join(root, 'SECURITY.md'), 'utf8');
const claims = page
  .split('## What the check protects against')[1]
  .split('\n## ')[0]
  .split('\n')
  .filter((line) => line.startsWith('| ') && !/^\| (threat|---)/.test(line))
  .map((line) => line.split(' | ').map((cell) => cell.replace(/^\| | \|$/g, '')));

describe('SECURITY.md', () => {
  it('has a row for each threat', () => expect(claims.length).toBeGreaterThan(10));

  it.each(claims)('names existing tests for: %s', (_threat, _result, tests) => {
    const named = [...tests.matchAll(/`([^`]+\.test\.m?[jt]s)`(?:: |)((?:"[^"]+"(?:, )?)*)/g)];
    expect(named.length).toBeGreaterThan(0);
    for (const [, file, titles] of named) {
      const path = join(root, file.startsWith('tools/') ? '' : 'packages/engine/src', file);
      expect(existsSync(path), path).toBe(true);
      const text = readFileSync(path, 'utf8');
      for (const [, title] of titles.matchAll(/"([^"]+)"/g))
        for (const part of title.split(' … ')) expect(text).toContain(part);
    }
  });
});
