import { mkdirSync, mkdtempSync, realpathSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { checkFindings } from './check-findings.mjs';
import { compareSurfaces } from './compare-surfaces.mjs';
import { checkWorkspace } from './check-workspace.mjs';
import { offsetOf } from './probes.mjs';

const FILES = {
  'package.json': '{ "name": "root", "private": true, "workspaces": ["packages/*"] }',
  'packages/lib/package.json': JSON.stringify({
    name: 'lib',
    type: 'module',
    exports: { '.': { types: './index.d.ts', default: './index.js' } },
  }),
  'packages/lib/index.js': 'export const here = 1;\n',
  'packages/lib/index.d.ts': 'export declare const here: number;\nexport interface Shape { side: number }\n',
  'packages/app/package.json': JSON.stringify({
    name: 'app',
    type: 'module',
    exports: './main.js',
    dependencies: { lib: '*' },
  }),
  'packages/app/main.js':
    "import { here, gone } from 'lib';\nimport 'lib/deep';\nexport const total = here + gone;\n",
  'packages/app/types.d.ts': "import type { Shape, Lost } from 'lib';\nexport type Both = Shape | Lost;\n",
};

describe('checkFindings', () => {
  let root;
  let reports;
  beforeAll(async () => {
    root = realpathSync(mkdtempSync(join(tmpdir(), 'corpus-')));
    for (const [file, text] of Object.entries(FILES)) {
      mkdirSync(dirname(join(root, file)), { recursive: true });
      writeFileSync(join(root, file), text);
    }
    mkdirSync(join(root, 'node_modules'));
    for (const name of ['lib', 'app'])
      symlinkSync(join(root, 'packages', name), join(root, 'node_modules', name), 'junction');
    const packages = ['lib', 'app'].map((name) => ({ name, folder: `packages/${name}` }));
    ({ reports } = await checkWorkspace({ root, packages }));
  });
  afterAll(() => rmSync(root, { recursive: true, force: true }));

  const found = () => reports.get('app').findings.filter(({ code }) => code.startsWith('VE2'));

  it('confirms findings if Node or TypeScript reports the same error', async () => {
    const checked = await checkFindings({ root, findings: found() });
    const outcomes = checked.map(({ finding, outcome }) =>
      `${finding.rule} ${finding.name ?? ''} ${outcome}`.replace('  ', ' '),
    );
    expect(outcomes.sort()).toEqual([
      'missing-export gone confirmed',
      'missing-type-export Lost confirmed',
      'unexported-subpath confirmed',
    ]);
  });

  it('refutes findings about code that works', async () => {
    const [runtime] = found().filter(({ rule }) => rule === 'missing-export');
    const [types] = found().filter(({ rule }) => rule === 'missing-type-export');
    const forged = [
      { ...runtime, name: 'here', fingerprint: 'a' },
      { ...types, name: 'Shape', fingerprint: 'b' },
    ];
    const checked = await checkFindings({ root, findings: forged });
    expect(checked.map(({ outcome }) => outcome)).toEqual(['refuted', 'refuted']);
  });

  it('compares the inventory with the names that Node exports, and finds a difference', async () => {
    const report = reports.get('lib');
    const [same] = (await compareSurfaces({ root, name: 'lib', report })).compared;
    expect(same).toMatchObject({ subpath: '.', mode: 'import', missing: [], extra: [] });
    const wrong = structuredClone(report);
    for (const variant of wrong.inventory.entryPoints[0].variants) variant.exports.splice(0, 1, 'invented');
    const [different] = (await compareSurfaces({ root, name: 'lib', report: wrong })).compared;
    expect(different).toMatchObject({ missing: ['here'], extra: ['invented'] });
  });
});

describe('offsetOf', () => {
  it.each([
    ['abc', { line: 1, column: 2 }, 1],
    ['ab\ncd', { line: 2, column: 1 }, 3],
    ['ab\r\ncd', { line: 2, column: 2 }, 5],
    ['a\u2028b\nc', { line: 2, column: 1 }, 4],
  ])('finds %j at %j', (text, position, offset) => expect(offsetOf(text, position)).toBe(offset));
});
