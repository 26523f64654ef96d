import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { parseTextFiles, writeWorkspace } from '../../test/text-workspace.js';
import { openRun } from '../session.js';
import { verifySources } from '../verify-sources.js';
import { verify } from '../verify.js';
import { applyEdits } from './apply-edits.js';
import { planFixes } from './plan-fixes.js';

const WORKSPACE = `
-- packages/a/package.json --
{ "name": "@acme/a", "type": "module", "exports": { ".": "./dist/index.js" } }
-- packages/a/src/index.js --
export { kept } from './names.js';
-- packages/a/src/names.js --
export const kept = 1;
export const one = 1;
export const two = 2;
-- packages/a/dist/index.js --
export const kept = 1;
-- packages/a/dist/more.js --
export const more = 1;
-- packages/b/package.json --
{ "name": "@acme/b", "type": "module", "exports": "./index.js" }
-- packages/b/index.js --
export const b = 1;
-- packages/app/package.json --
{ "name": "@acme/app", "type": "module" }
-- packages/app/main.js --
import { one, two } from '@acme/a';
import { more } from '@acme/a/more';
import { b } from '@acme/b';
import { nowhere } from '@acme/b';
`;
const PROJECTS = [
  { name: 'a', root: 'packages/a', outputs: ['packages/a/dist'] },
  { name: 'b', root: 'packages/b' },
  { name: 'app', root: 'packages/app' },
];

function plan(root: string, wanted?: (code: string) => boolean, overlay?: ReadonlyMap<string, string>) {
  return planFixes({
    workspace: { root, projects: PROJECTS, ...(overlay && { overlay }) },
    check: (run) => PROJECTS.map(({ name }) => verify({ run, project: name })),
    ...(wanted && { wanted: ({ code }) => wanted(code) }),
  });
}

describe('planFixes', () => {
  it('makes all edits of a file, even at one place, and lists the findings without an edit', () => {
    using workspace = writeWorkspace(parseTextFiles(WORKSPACE));
    const { files, fixed, left } = plan(workspace.root);
    const texts = new Map(files.map(({ file, after }) => [file, after]));
    expect([...texts.keys()]).toEqual([
      'packages/a/package.json',
      'packages/a/src/index.js',
      'packages/app/package.json',
    ]);
    expect(texts.get('packages/a/src/index.js')).toBe(`export { kept, one, two } from './names.js';\n`);
    expect(JSON.parse(texts.get('packages/a/package.json')!).exports).toEqual({
      '.': './dist/index.js',
      './more': './dist/more.js',
    });
    expect(JSON.parse(texts.get('packages/app/package.json')!).dependencies).toEqual({
      '@acme/a': '*',
      '@acme/b': '*',
    });
    expect(fixed.map(({ code }) => code).sort()).toEqual(['VE201', 'VE201', 'VE205', 'VE207', 'VE207']);
    expect(left.map(({ name }) => name)).toEqual(['nowhere']);
  });

  it('fixes nothing twice: after the edits in the sources, only the build is missing', () => {
    using workspace = writeWorkspace(parseTextFiles(WORKSPACE));
    for (const { file, after } of plan(workspace.root).files)
      writeFileSync(join(workspace.root, file), after);
    const again = plan(workspace.root);
    expect(again.files).toEqual([]);
    expect(again.left.map(({ fix }) => fix?.title)).toContain(
      'rebuild: packages/a/src/index.js exports `one`, but its built file does not',
    );
  });

  it('fixes only the wanted findings', () => {
    using workspace = writeWorkspace(parseTextFiles(WORKSPACE));
    const { files, left } = plan(workspace.root, (code) => code === 'VE207');
    expect(files.map(({ file }) => file)).toEqual(['packages/app/package.json']);
    expect(left).toEqual([]);
  });

  it('starts from texts that are not on the disk yet', () => {
    using workspace = writeWorkspace(parseTextFiles(WORKSPACE));
    const overlay = new Map([['packages/app/main.js', `import { b } from '@acme/b';\n`]]);
    expect(plan(workspace.root, undefined, overlay).files.map(({ file }) => file)).toEqual([
      'packages/app/package.json',
    ]);
  });
});

it('verifySources reports undeclared imports before any build', () => {
  using workspace = writeWorkspace(
    parseTextFiles(WORKSPACE.replace(/-- packages\/a\/dist[^]*?(?=-- packages\/b)/, '')),
  );
  const run = openRun({ root: workspace.root, projects: PROJECTS });
  expect(verifySources(run, 'app').map(({ code, provider }) => [code, provider?.package])).toEqual([
    ['VE207', '@acme/a'],
    ['VE207', '@acme/b'],
  ]);
  expect(verifySources(run, 'app', { rules: { VE207: 'off' } })).toEqual([]);
  expect(verifySources(run, 'a')).toEqual([]);
  expect(verifySources(run, 'nobody')).toEqual([]);
});

describe('applyEdits', () => {
  const edit = (start: number, end: number, text: string) => ({ file: 'a', start, end, text });

  it('keeps the order of insertions at one place', () => {
    expect(applyEdits('abc', [edit(3, 3, '!'), edit(1, 1, 'x'), edit(1, 1, 'y'), edit(1, 2, '')])).toBe(
      'axyc!',
    );
  });

  it.each([
    ['overlap', [edit(0, 2, ''), edit(1, 3, '')]],
    ['reach beyond the text', [edit(2, 9, '')]],
  ])('rejects edits that %s', (_, edits) => {
    expect(applyEdits('abc', edits)).toBeUndefined();
  });
});
