import type { FixIdea } from '../model/fix-idea.js';
import { describe, expect, it } from 'vitest';
import { parseTextFiles, writeWorkspace } from '../../test/text-workspace.js';
import { openRun } from '../session.js';
import { subpathFix } from './entry-fixes.js';

function applied({ edits }: FixIdea, text: string): string {
  return edits.reduceRight(
    (before, edit) => before.slice(0, edit.start) + edit.text + before.slice(edit.end),
    text,
  );
}

/**
 * The target that the fix gives the subpath ./testing, for a package with these exports and built
 * files.
 */
function listed(manifest: object, built: readonly string[], field: readonly string[] = ['exports']): unknown {
  const files = built.map((file) => `-- packages/lib/${file} --\n`).join('');
  const text = JSON.stringify({ name: '@acme/lib', ...manifest }, null, 2);
  using workspace = writeWorkspace(parseTextFiles(`-- packages/lib/package.json --\n${text}\n${files}`));
  const run = openRun({ root: workspace.root });
  const fix = subpathFix(run.disk, run.packageOf('@acme/lib')!, './testing');
  if (!fix) return undefined;
  const changed: unknown = JSON.parse(applied(fix, `${text}\n`));
  return [...field, './testing'].reduce((value, key) => (value as Record<string, unknown>)[key], changed);
}

describe('listing a subpath', () => {
  it.each([
    ['a string', './dist/index.js', ['dist/testing.js'], './dist/testing.js'],
    ['a folder', './dist/index.js', ['dist/testing/index.js'], './dist/testing/index.js'],
    [
      'conditions, nested',
      { types: './dist/index.d.ts', import: './dist/index.mjs', require: { default: './dist/index.cjs' } },
      ['dist/testing.d.ts', 'dist/testing.mjs', 'dist/testing.cjs'],
      {
        types: './dist/testing.d.ts',
        import: './dist/testing.mjs',
        require: { default: './dist/testing.cjs' },
      },
    ],
  ])('uses the same kind of targets as the main entry: %s', (_, main, built, target) => {
    expect(listed({ exports: { '.': main } }, ['dist/index.js', ...built])).toEqual(target);
  });

  it('omits declarations that were not built', () => {
    const main = { types: './dist/index.d.ts', default: './dist/index.js' };
    expect(listed({ exports: { '.': main } }, ['dist/testing.js'])).toEqual({ default: './dist/testing.js' });
  });

  it('creates a map from a single target, and from conditions alone', () => {
    expect(listed({ exports: './dist/index.js' }, ['dist/testing.js'])).toBe('./dist/testing.js');
    const conditions = { import: './dist/index.js' };
    expect(listed({ exports: conditions }, ['dist/testing.js'])).toEqual({ import: './dist/testing.js' });
  });

  it('edits the exports that consumers get', () => {
    const manifest = {
      exports: { '.': './src/index.ts' },
      publishConfig: { exports: { '.': './dist/index.js' } },
    };
    expect(listed(manifest, ['dist/testing.js'], ['publishConfig', 'exports'])).toBe('./dist/testing.js');
  });

  it.each([
    [
      'one of the targets was not built',
      { exports: { '.': { import: './dist/index.mjs', require: './dist/index.cjs' } } },
      ['dist/testing.mjs'],
    ],
    ['the build made no such file', { exports: { '.': './dist/index.js' } }, ['dist/other.js']],
    ['a target is an array', { exports: { '.': ['./dist/index.js'] } }, ['dist/testing.js']],
  ])('has no fix if %s', (_, manifest, built) => {
    expect(listed(manifest, ['dist/index.js', ...built])).toBeUndefined();
  });
});
