import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import type { ProjectGraph } from '@nx/devkit';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { diskTree } from '../../../test/disk-tree';
import { loadEngine } from '../../engine';
import { TaskChecker } from '../../executors/verify-exports/task-checker';
import { EXECUTOR } from '../../infer/executor-name';
import baselineGenerator from './generator';

const BASELINE = 'packages/app/verify-exports.baseline.json';
const MAIN = 'packages/app/main.ts';
const FILES: Readonly<Record<string, string>> = {
  'package.json': '{ "name": "root", "workspaces": ["packages/*"] }',
  'packages/lib/package.json': '{ "name": "@acme/lib", "type": "module", "exports": "./dist/index.js" }',
  'packages/lib/dist/index.js': 'export const kept = 1;\n',
  'packages/app/package.json':
    '{ "name": "@acme/app", "type": "module", "dependencies": { "@acme/lib": "*" } }\n',
  [MAIN]: `import { kept, lost, gone } from '@acme/lib';\n`,
};

let root: string;
beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'verify-exports-baseline-'));
  for (const [file, text] of Object.entries(FILES)) write(file, text);
});
afterEach(() => rmSync(root, { recursive: true, force: true }));

function write(file: string, text: string): void {
  mkdirSync(dirname(join(root, file)), { recursive: true });
  writeFileSync(join(root, file), text);
}

interface Entry {
  readonly fingerprint: string;
  readonly rule: string;
  readonly text: string;
  readonly reason: string;
}

function entries(): readonly Entry[] {
  return (JSON.parse(readFileSync(join(root, BASELINE), 'utf8')) as { findings: Entry[] }).findings;
}

/** @param inputs of app and lib, which decide what their tasks check */
function graph(): ProjectGraph {
  const target = { executor: EXECUTOR, cache: true, inputs: ['default'] };
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
    dependencies: { lib: [], app: [{ source: 'app', target: 'lib', type: 'static' }] },
  } as unknown as ProjectGraph;
}

async function baseline(options: Parameters<typeof baselineGenerator>[1] = {}) {
  const { tree, pending, deleted, flush } = diskTree(root);
  const said: string[] = [];
  await baselineGenerator(tree, options, graph(), (text) => void said.push(text));
  const changed = [...pending.keys(), ...deleted];
  flush();
  return { changed, said: said.join('\n') };
}

/** The outcome of the task of a project. */
async function check(project = 'app') {
  const job = { project, targetName: 'verify-exports', options: {} };
  const checker = new TaskChecker(await loadEngine(), { root, projectGraph: graph() }, [job]);
  return checker.outcomeOf(job);
}

describe('baseline', () => {
  it('writes the findings of each project to its own file, sorted, and the task then passes with a count', async () => {
    expect((await check()).success).toBe(false);
    const { changed, said } = await baseline({ reason: 'Fixed in May.' });
    expect(changed).toEqual([BASELINE]);
    expect(said).toBe(
      [
        `Wrote ${BASELINE}: 2 added, 0 removed, 2 in total.`,
        'Review the files, write why each finding is accepted, and commit them.',
        'There are 2 known findings.',
      ].join('\n'),
    );
    expect(entries()).toMatchObject([
      { rule: 'VE201', text: expect.stringContaining('"gone"'), reason: 'Fixed in May.' },
      { rule: 'VE201', text: expect.stringContaining('"lost"'), reason: 'Fixed in May.' },
    ]);
    const { success, text, findings, known } = await check();
    expect({ success, findings, known }).toEqual({ success: true, findings: [], known: 2 });
    expect(text).toMatch(/^✔ app: 2 in the baseline; /);
  });

  it('does not cover a new finding', async () => {
    await baseline();
    write(MAIN, `import { kept, lost, gone, added } from '@acme/lib';\n`);
    const { success, text } = await check();
    expect(success).toBe(false);
    expect(text).toContain('"added" is imported');
    expect(text).not.toContain('"lost" is imported');
    expect(text).toContain('1 error, 2 in the baseline');
  });

  it('covers findings after lines moved and after a rebuild', async () => {
    await baseline();
    write(
      MAIN,
      `\n// A comment.\n\nimport { kept } from '@acme/lib';\nimport { lost, gone } from '@acme/lib';\n`,
    );
    write('packages/lib/dist/index.js', '// Rebuilt.\nconst kept = 1;\nexport { kept };\n');
    expect((await check()).text).toMatch(/^✔ app: 2 in the baseline; /);
  });

  it('reports an entry that matches no finding, and removes it when it is written again', async () => {
    await baseline();
    write(MAIN, `import { kept, lost } from '@acme/lib';\n`);
    const { success, text } = await check();
    expect(success).toBe(true);
    expect(text).toMatch(
      /^packages\/app\/verify-exports\.baseline\.json - 1 entry can be removed, because it matches no finding:\n {4}VE201 [0-9a-f]{12} {3}"gone" is imported/,
    );
    write(
      BASELINE,
      readFileSync(join(root, BASELINE), 'utf8').replace(/"reason": ".*"/g, '"reason": "Ours."'),
    );
    expect((await baseline({ reason: 'Other.' })).said).toContain('0 added, 1 removed, 1 in total.');
    expect(entries()).toMatchObject([{ text: expect.stringContaining('"lost"'), reason: 'Ours.' }]);
    expect((await check()).text).toMatch(/^✔ app: 1 in the baseline; /);
  });

  it('deletes the file of a project without findings, and changes nothing the second time', async () => {
    await baseline();
    expect((await baseline()).said).toBe('No baseline was changed.\nThere are 2 known findings.');
    write(MAIN, `import { kept } from '@acme/lib';\n`);
    expect((await baseline()).said).toContain(`Removed ${BASELINE}: 0 added, 2 removed`);
    expect(existsSync(join(root, BASELINE))).toBe(false);
    expect((await check()).text).toMatch(/^✔ app: 1 entry point|^✔ app: no entry points/);
  });

  it('adds no entry with prune', async () => {
    await baseline();
    write(MAIN, `import { kept, lost, added } from '@acme/lib';\n`);
    await baseline({ prune: true });
    expect(entries()).toMatchObject([{ text: expect.stringContaining('"lost"') }]);
    expect((await check()).text).toContain('"added" is imported');
  });

  it('changes no baseline of a project that cannot be checked, and its task calls no entry outdated', async () => {
    await baseline();
    rmSync(join(root, 'packages/lib/dist'), { recursive: true });
    const { changed, said } = await baseline();
    expect(changed).toEqual([]);
    expect(said).toContain('"@acme/lib" is not built');
    const { success, text } = await check();
    expect(success).toBe(false);
    expect(text).not.toContain('can be removed');
  });

  it.each([
    ['{', 'is not valid JSON'],
    ['[]', 'has no array "findings"'],
    [
      '{ "findings": [{ "fingerprint": "x", "rule": "VE201", "text": "y" }] }',
      'has no "reason" in findings[0]',
    ],
  ])('fails for the file %s', async (text, reason) => {
    write(BASELINE, text);
    const outcome = await check();
    expect(outcome.success).toBe(false);
    expect(outcome.text).toContain(`${BASELINE} - could not check: ${BASELINE} ${reason}.`);
    await expect(baseline()).rejects.toThrow(reason);
  });

  it('rejects an unknown project', async () => {
    await expect(baseline({ project: 'absent' })).rejects.toThrow('No project "absent"');
  });
});
