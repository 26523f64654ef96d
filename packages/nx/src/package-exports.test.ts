import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';

const read = (file: string) => JSON.parse(readFileSync(join(__dirname, '..', file), 'utf8'));

describe('the exports of package.json', () => {
  // Nx loads an installed plugin's code by its path. Only of a plugin in the same workspace, as in
  // this repository, it looks for the path in `exports`, and loads TypeScript sources if there is
  // none.
  it('list the code of every executor and generator, and no other compiled file', () => {
    const entries: Record<string, string>[] = [
      ...Object.values<Record<string, string>>(read('executors.json').executors),
      ...Object.values<Record<string, string>>(read('generators.json').generators),
    ];
    const code = entries.flatMap(({ implementation, batchImplementation, factory }) =>
      [implementation, batchImplementation, factory].filter((path) => path !== undefined),
    );
    const listed = Object.keys(read('package.json').exports).filter((key) => key.startsWith('./dist/'));
    expect(listed.toSorted()).toEqual(code.map((path) => `${path}.js`).toSorted());
  });
});
