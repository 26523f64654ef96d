import { expect, it } from 'vitest';
import { writeWorkspace } from '../../test/text-workspace.js';
import { openRun } from '../session.js';
import { sourceEntryOf } from './source-entry.js';

const MAP = JSON.stringify({ version: 3, sources: ['../lib/entry.ts'], mappings: '' });
const BUNDLE = JSON.stringify({ version: 3, sources: ['../src/a.ts', '../src/b.ts'], mappings: '' });

it.each([
  ['the same path below src', 'dist/index.js', ['src/index.ts'], 'src/index.ts'],
  ['format folders left out', 'dist/esm/index.mjs', ['src/index.ts'], 'src/index.ts'],
  ['declarations', 'dist/index.d.cts', ['src/index.ts'], 'src/index.ts'],
  ['src kept below dist', 'dist/src/index.js', ['src/index.ts'], 'src/index.ts'],
  ['no src folder', 'dist/button.js', ['button.tsx'], 'button.tsx'],
  ['JavaScript built from JavaScript', 'dist/index.js', ['src/index.js'], 'src/index.js'],
  ['TypeScript beside its output', 'index.js', ['index.ts'], 'index.ts'],
  ['the other half of a dual package is no source', 'dist/index.cjs', ['dist/index.mjs'], undefined],
  ['nothing alike', 'dist/index.js', ['src/main.ts'], undefined],
])('finds the source of a built file: %s', (_, built, sources, expected) => {
  expect(sourceOf(built, Object.fromEntries(sources.map((file) => [file, ''])))).toBe(expected);
});

it.each([
  ['names one source', MAP, { 'lib/entry.ts': '', 'src/index.ts': '' }, 'lib/entry.ts'],
  ['names a source that is not there', MAP, { 'src/index.ts': '' }, 'src/index.ts'],
  ['is of a bundle', BUNDLE, { 'src/a.ts': '', 'src/b.ts': '', 'src/index.ts': '' }, 'src/index.ts'],
  ['is broken', '{', { 'src/index.ts': '' }, 'src/index.ts'],
])('uses the valid part of a source map that %s', (_, map, files, expected) => {
  expect(sourceOf('dist/index.js', { ...files, 'dist/index.js.map': map })).toBe(expected);
});

/** Paths relative to the package's folder. */
function sourceOf(built: string, files: Readonly<Record<string, string>>): string | undefined {
  const all = { 'package.json': '{ "name": "lib" }', [built]: '', ...files };
  const root = 'packages/lib';
  using workspace = writeWorkspace(
    new Map(Object.entries(all).map(([file, text]) => [`${root}/${file}`, text])),
  );
  const run = openRun({ root: workspace.root, projects: [{ name: 'lib', root, outputs: [`${root}/dist`] }] });
  return sourceEntryOf(run.disk, run.packageOf('lib')!, `${root}/${built}`)?.slice(root.length + 1);
}
