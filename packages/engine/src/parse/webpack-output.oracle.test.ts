import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import webpack from 'webpack';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { parseModule } from './parse-module.js';

/**
 * Oracle: Node's `require` of a library that webpack wrote. Exactly the bundle's own exports must
 * be found. The text also contains the names that inner modules assign to their own `exports`. None
 * may be unknown.
 */
const FILES: Readonly<Record<string, string>> = {
  'named.js': `export { a } from './part.js'; export const b = 2; export default function run() {}`,
  'star.js': `import inner from './inner.cjs'; export const used = inner.z; export * from './part.js';`,
  'common.cjs': `const inner = require('./inner.cjs'); exports.top = () => inner; exports.two = 2;`,
  'whole.cjs': `const inner = require('./inner.cjs'); module.exports = { top: inner.z };`,
  'part.js': `export const a = 1; export const hidden = 3;`,
  'inner.cjs': `exports.innerOnly = 1; exports.z = 2;`,
};
const ENTRIES = ['named.js', 'star.js', 'common.cjs', 'whole.cjs'];
const LIBRARIES = ['commonjs', 'commonjs2', 'umd'] as const;

describe.each(['none', 'development', 'production'] as const)('mode %s', (mode) => {
  const folder = mkdtempSync(join(tmpdir(), 'webpack-output-'));
  beforeAll(() => {
    mkdirSync(folder, { recursive: true });
    for (const [file, text] of Object.entries(FILES)) writeFileSync(join(folder, file), text);
  });
  afterAll(() => rmSync(folder, { recursive: true, force: true }));

  test.each(LIBRARIES.flatMap((type) => ENTRIES.map((entry) => [type, entry] as const)))(
    '%s: %s',
    async (type, entry) => {
      const filename = `${type}-${entry}.cjs`;
      await build({
        mode,
        devtool: false,
        context: folder,
        entry: `./${entry}`,
        target: 'node',
        output: {
          path: join(folder, 'out'),
          filename,
          library: { type, ...(type === 'umd' && { name: 'Lib' }) },
        },
      });
      const file = join(folder, 'out', filename);
      const { commonjs } = parseModule(file, readFileSync(file, 'utf8'));
      const actual = Object.getOwnPropertyNames(createRequire(file)(file) as object);
      // The branches of UMD for other loaders, and the check for the mark, count like those that
      // run.
      const besides = new Set(['__esModule', 'Lib']);
      const found = commonjs!.assigned.map(({ name }) => name).filter((name) => !besides.has(name));
      // If the entry module replaced its exports, the bundle's names are unknown, and none are
      // listed.
      if (entry === 'whole.cjs') {
        expect(commonjs!.open).not.toEqual([]);
        expect(found).toEqual([]);
        return;
      }
      expect(found.toSorted()).toEqual(actual.filter((name) => !besides.has(name)).toSorted());
      expect(commonjs!.open).toEqual([]);
    },
  );
});

function build(options: webpack.Configuration): Promise<void> {
  return new Promise((resolve, reject) => {
    webpack(options, (error, stats) => {
      if (error) reject(error);
      else if (stats?.hasErrors()) reject(new Error(stats.toString({ all: false, errors: true })));
      else resolve();
    });
  });
}
