import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import type { ProjectGraph } from '@nx/devkit';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { diskTree } from '../../../test/disk-tree';
import { EXECUTOR } from '../../infer/executor-name';
import syncGenerator from '../sync/generator';
import fixGenerator from './generator';

const FILES: Readonly<Record<string, string>> = {
  'package.json': '{ "name": "root", "workspaces": ["packages/*"] }',
  'packages/lib/package.json': '{ "name": "@acme/lib", "type": "module", "exports": "./dist/index.js" }',
  'packages/lib/src/index.ts': `export { kept } from './names.js';\n`,
  'packages/lib/src/names.ts': 'export const kept = 1;\nexport const lost = 2;\n',
  'packages/lib/dist/index.js': 'export const kept = 1;\n',
  'packages/app/package.json': '{\n  "name": "@acme/app",\n  "type": "module"\n}\n',
  'packages/app/main.ts': `import { kept, lost, nowhere } from '@acme/lib';\n`,
};

let root: string;
beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'verify-exports-fix-'));
  for (const [file, text] of Object.entries(FILES)) write(file, text);
});
afterEach(() => rmSync(root, { recursive: true, force: true }));

function write(file: string, text: string): void {
  mkdirSync(dirname(join(root, file)), { recursive: true });
  writeFileSync(join(root, file), text);
}

function graph(options: object = {}): ProjectGraph {
  const target = { executor: EXECUTOR, options };
  const build = { outputs: ['{projectRoot}/dist'] };
  const node = (name: string, targets: object) => ({
    name,
    type: 'lib' as const,
    data: { root: `packages/${name}`, targets },
  });
  return {
    nodes: {
      lib: node('lib', { build, 'verify-exports': target }),
      app: node('app', { 'verify-exports': target }),
    },
    dependencies: { lib: [], app: [] },
  } as unknown as ProjectGraph;
}

async function fix(options: Parameters<typeof fixGenerator>[1] = {}, targets: object = {}) {
  const { tree, pending, flush } = diskTree(root);
  const said: string[] = [];
  await fixGenerator(tree, options, graph(targets), (text) => void said.push(text));
  return { pending, flush, said: said.join('\n') };
}

describe('fix', () => {
  it('applies the fixes of all findings, shows them, and lists the remaining findings', async () => {
    const { pending, said } = await fix();
    expect([...pending.keys()].sort()).toEqual(['packages/app/package.json', 'packages/lib/src/index.ts']);
    expect(pending.get('packages/lib/src/index.ts')).toBe(`export { kept, lost } from './names.js';\n`);
    expect(said).toContain(`-export { kept } from './names.js';\n+export { kept, lost } from './names.js';`);
    expect(said).toContain('+++ b/packages/app/package.json');
    expect(said).toContain(
      'Fixed 2 findings in 2 files. Build and check again: the build output does not contain the fixes yet.',
    );
    expect(said).toMatch(
      /Fix these yourself:\n {2}packages\/app\/main.ts:1:22 - VE201 missing-export: no fix available/,
    );
  });

  it('writes only to the tree, and finds nothing to fix after the next build', async () => {
    const { flush } = await fix({ rule: 'VE201' });
    expect(readFileSync(join(root, 'packages/lib/src/index.ts'), 'utf8')).toBe(
      FILES['packages/lib/src/index.ts'],
    );
    flush();
    write('packages/lib/dist/index.js', 'export const kept = 1, lost = 2;\n');
    const again = await fix({ rule: 'VE201' });
    expect(again.pending.size).toBe(0);
    expect(again.said).toContain('No file was changed.');
  });

  it.each([
    ['a code', { rule: 'VE207' }, ['packages/app/package.json']],
    ['a name', { rule: ['missing-export'] }, ['packages/lib/src/index.ts']],
    ['several', { rule: 'VE207,missing-export' }, ['packages/app/package.json', 'packages/lib/src/index.ts']],
    ['a project', { project: 'lib' }, []],
  ])('fixes only the findings of %s', async (_, options, files) => {
    expect([...(await fix(options)).pending.keys()].sort()).toEqual(files);
  });

  it('does not fix findings that a project ignores', async () => {
    const ignore = [{ rule: 'VE201', reason: 'Later.' }];
    expect([...(await fix({}, { ignore })).pending.keys()]).toEqual(['packages/app/package.json']);
  });

  it('checks only the sources if there is no build', async () => {
    rmSync(join(root, 'packages/lib/dist'), { recursive: true });
    const { pending, said } = await fix();
    expect([...pending.keys()]).toEqual(['packages/app/package.json']);
    expect(said).toContain('Could not check:\n  "@acme/lib" is not built');
  });

  it.each([
    [
      { project: 'none' },
      'No project "none" has a verify-exports target. Projects with this target: app, lib.',
    ],
    [{ rule: 'VE999' }, '"VE999" is not a rule. Known rules: VE101,'],
  ])('rejects %j', async (options, message) => {
    await expect(fix(options)).rejects.toThrow(message);
  });

  it('names the project that has a wrong option', async () => {
    await expect(fix({}, { strict: 'yes' })).rejects.toThrow(
      'The verify-exports target of "lib" has a wrong option: The option "strict" is "yes".',
    );
  });

  it('includes the changes of earlier generators', async () => {
    const { tree, pending } = diskTree(root);
    tree.write('packages/lib/src/index.ts', `export { kept } from './names.js';\nexport const more = 1;\n`);
    await fixGenerator(tree, { rule: 'VE201' }, graph(), () => {});
    expect(pending.get('packages/lib/src/index.ts')).toBe(
      `export { kept, lost } from './names.js';\nexport const more = 1;\n`,
    );
  });
});

describe('sync', () => {
  it('declares what sources import without a build, and is then in sync', async () => {
    rmSync(join(root, 'packages/lib/dist'), { recursive: true });
    const { tree, pending, flush } = diskTree(root);
    expect(await syncGenerator(tree, {}, graph())).toEqual({
      outOfSyncMessage:
        'Sources import workspace packages that are not declared in packages/app/package.json.',
    });
    expect(JSON.parse(pending.get('packages/app/package.json')!).dependencies).toEqual({ '@acme/lib': '*' });
    flush();
    expect(await syncGenerator(tree, {}, graph())).toBeUndefined();
    expect(pending.size).toBe(0);
  });
});
