// Every case of every rule, judged once as it is and once with the paths of Windows: the reports are the same bytes. What this does not
// show: links and case of a real Windows file system, and native packages.
import { spawnSync } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { build } from 'esbuild';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { parseCase } from '../../../packages/engine/test/case-file.ts';
import { writeWorkspace } from '../../../packages/engine/test/text-workspace.ts';

const here = import.meta.dirname;
const repository = join(here, '../../..');
let folder;
let engine;

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'windows-paths-'));
  // Below the repository, so that it finds the engine's dependencies.
  engine = join(repository, 'packages/engine', `.windows-paths-${process.pid}.mjs`);
  await build({
    entryPoints: [join(repository, 'packages/engine/src/index.ts')],
    outfile: engine,
    bundle: true,
    format: 'esm',
    platform: 'node',
    packages: 'external',
  });
});

afterAll(() => {
  rmSync(folder, { recursive: true, force: true });
  rmSync(engine, { force: true });
});

it('the reports of all cases are the same with the paths of Windows', () => {
  const cases = layOut();
  const plain = judge(cases.map((one) => ({ ...one, root: join(folder, one.id) })));
  const windows = judge(
    cases.map((one) => ({ ...one, root: `C:\\ws\\${one.id}` })),
    ['--import', pathToFileURL(join(here, 'register.mjs')).href],
  );
  expect(cases.length).toBeGreaterThan(150);
  for (const [index, { id }] of cases.entries()) expect(windows[index], id).toBe(plain[index]);
});

/** Writes the workspaces of all cases below one folder. */
function layOut() {
  const rules = join(repository, 'packages/engine/src/rules');
  const files = readdirSync(rules, { recursive: true }).filter((file) => file.endsWith('.case'));
  return files.sort().map((file, index) => {
    const { files: texts, options, projects } = parseCase(readFileSync(join(rules, file), 'utf8'));
    const id = `case-${index}`;
    renameSync(writeWorkspace(texts).root, join(folder, id));
    return { id, options, projects };
  });
}

function judge(workspaces, nodeOptions = []) {
  const [list, output] = [join(folder, 'list.json'), join(folder, 'reports.json')];
  writeFileSync(list, JSON.stringify(workspaces));
  const args = [...nodeOptions, join(here, 'judge.mjs'), pathToFileURL(engine).href, list, output];
  const env = { ...process.env, WINDOWS_ROOT: folder, NODE_OPTIONS: '' };
  const { status, stderr } = spawnSync(process.execPath, args, { env, encoding: 'utf8' });
  expect(status, stderr).toBe(0);
  return JSON.parse(readFileSync(output, 'utf8'));
}
