import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import type { ExecutorContext, ProjectGraph, TaskGraph } from '@nx/devkit';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import verifyExportsBatch from './batch';

let root: string;
beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'verify-exports-batch-'));
  vi.spyOn(console, 'log').mockImplementation(() => undefined);
});
afterEach(() => {
  vi.restoreAllMocks();
  rmSync(root, { recursive: true });
});

function write(file: string, text: string): void {
  mkdirSync(dirname(join(root, file)), { recursive: true });
  writeFileSync(join(root, file), text);
}

/** Packages that import a missing name of `core`, which is healthy. */
function packagesOf(names: readonly string[]): void {
  write('package.json', '{ "workspaces": ["packages/*"] }');
  write('packages/core/package.json', '{ "name": "core", "type": "module", "exports": "./index.js" }');
  write('packages/core/index.js', 'export const id = 1;\n');
  for (const name of names) {
    const dependencies = { core: '*' };
    const json = { name, type: 'module', exports: './index.js', dependencies };
    write(`packages/${name}/package.json`, JSON.stringify(json));
    write(`packages/${name}/index.js`, `import { gone } from 'core';\nexport default gone;\n`);
  }
}

async function run(
  names: readonly string[],
  options: Readonly<Record<string, object>> = {},
  plugins: unknown[] = [],
) {
  const targets = { 'verify-exports': { executor: '@verify-exports/nx:verify-exports', cache: false } };
  const nodes = Object.fromEntries(
    names.map((name) => [name, { name, type: 'lib' as const, data: { root: `packages/${name}`, targets } }]),
  );
  const idOf = (name: string) => `${name}:verify-exports`;
  const task = (project: string) => ({
    id: idOf(project),
    target: { project, target: 'verify-exports' },
    overrides: {},
    outputs: [],
    parallelism: true,
    cache: false,
  });
  const taskGraph = {
    roots: names.map(idOf),
    tasks: Object.fromEntries(names.map((name) => [idOf(name), task(name)])),
    dependencies: Object.fromEntries(names.map((name) => [idOf(name), []])),
    continuousDependencies: {},
  } as TaskGraph;
  const projectGraph = { nodes, dependencies: {} } as ProjectGraph;
  const context = {
    root,
    projectGraph,
    taskGraph,
    nxJsonConfiguration: { plugins },
  } as unknown as ExecutorContext;
  const byTask = Object.fromEntries(names.map((name) => [idOf(name), options[name] ?? {}]));
  const results = new Map<string, { readonly success: boolean; readonly terminalOutput: string }>();
  for await (const { task: id, result } of verifyExportsBatch(taskGraph, byTask, {}, context))
    results.set(id.split(':')[0]!, result);
  return results;
}

describe('a batch', () => {
  it('gives every project its result if the reports of others cannot be written', async () => {
    packagesOf(['folder', 'file', 'outside', 'plain']);
    mkdirSync(join(root, '.verify-exports/packages/folder/report.json/x'), { recursive: true });
    write('.verify-exports/packages/file', 'A file where the folder should be.');
    write('taken', 'A file where a folder should be.');
    const results = await run(['core', 'folder', 'file', 'outside', 'plain', 'unknown'], {
      core: { dependents: false },
      outside: { outputFile: 'taken/report.txt' },
    });
    expect([...results.keys()]).toEqual(['core', 'file', 'folder', 'outside', 'plain', 'unknown']);
    expect(results.get('core')).toMatchObject({ success: true });
    for (const name of ['folder', 'file', 'outside', 'plain']) {
      expect(results.get(name)).toMatchObject({ success: false });
      expect(results.get(name)!.terminalOutput, name).toContain('"gone" is imported from "core"');
    }
    expect(results.get('folder')!.terminalOutput).toContain('The report cannot be written');
    expect(results.get('file')!.terminalOutput).toContain('The report cannot be written');
    expect(results.get('plain')!.terminalOutput).not.toContain('cannot be written');
    expect(readFileSync(join(root, '.verify-exports/packages/plain/report.json'), 'utf8')).toContain('gone');
  });

  it('explains a problem once, and names the project with the explanation', async () => {
    packagesOf(['a', 'b']);
    const results = await run(['core', 'a', 'b']);
    expect(results.get('a')!.terminalOutput).toContain('entry    packages/core/package.json');
    expect(results.get('a')!.terminalOutput).not.toContain('as in the output of');
    const again = results.get('b')!.terminalOutput;
    expect(again).toContain('packages/b/index.js:1:10 - error VE201 missing-export\n');
    expect(again).toContain('"gone" is imported from "core"');
    expect(again).toContain('same     problem as in the output of a\n');
    expect(again).not.toContain('packages/core/package.json');
    const lines = vi.mocked(console.log).mock.calls.map(([text]) => String(text).trim());
    expect(lines).toContain('✖ verify-exports: 1 problem in 3 projects: 1 error');
  });

  it('gives every project its result if no report can be written at all', async () => {
    packagesOf(['plain']);
    write('.verify-exports', 'A file where the folder should be.');
    const results = await run(['core', 'plain']);
    expect(results.get('core')!.success).toBe(false);
    expect(results.get('core')!.terminalOutput).toContain('The report cannot be written');
    expect(results.get('plain')!.terminalOutput).toContain('"gone" is imported from "core"');
  });

  it('reports a wrong option of the plugin with the file that sets it', async () => {
    packagesOf([]);
    const results = await run(['core'], {}, [{ plugin: '@verify-exports/nx', options: { buildTarget: 1 } }]);
    expect(results.get('core')!.success).toBe(false);
    expect(results.get('core')!.terminalOutput).toMatch(
      /^nx\.json - .*"buildTarget" is 1\. Use the name of a target/,
    );
  });
});
