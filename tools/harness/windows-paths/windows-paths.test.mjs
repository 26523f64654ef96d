// Checks every case of every rule twice, with POSIX and with Windows paths, and compares the bytes of the reports. It does not test the
// links and the case-insensitivity of a real Windows file system, or native packages.
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
  // Inside the repository, so that it finds the engine's dependencies.
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

it('writes the same reports for all cases with Windows paths', () => {
  const cases = layOut();
  const plain = check(cases.map((one) => ({ ...one, root: join(folder, one.id) })));
  const windows = check(
    cases.map((one) => ({ ...one, root: `C:\\ws\\${one.id}` })),
    ['--import', pathToFileURL(join(here, 'register.mjs')).href],
  );
  expect(cases.length).toBeGreaterThan(150);
  for (const [index, { id }] of cases.entries()) expect(windows[index], id).toBe(plain[index]);
});

/** Writes the workspaces of all cases into one folder. */
function layOut() {
  const rules = join(repository, 'packages/engine/src/rules');
  const files = readdirSync(rules, { recursive: true, encoding: 'utf8' }).filter((file) =>
    file.endsWith('.case'),
  );
  return files.sort().map((file, index) => {
    const { files: texts, options, projects } = parseCase(readFileSync(join(rules, file), 'utf8'));
    const id = `case-${index}`;
    renameSync(writeWorkspace(texts).root, join(folder, id));
    return { id, options, projects };
  });
}

function check(workspaces, nodeOptions = []) {
  const [list, output] = [join(folder, 'list.json'), join(folder, 'reports.json')];
  writeFileSync(list, JSON.stringify(workspaces));
  const args = [...nodeOptions, join(here, 'check-workspaces.mjs'), pathToFileURL(engine).href, list, output];
  const env = { ...process.env, WINDOWS_ROOT: folder, NODE_OPTIONS: '' };
  const { status, stderr } = spawnSync(process.execPath, args, { env, encoding: 'utf8' });
  expect(status, stderr).toBe(0);
  return JSON.parse(readFileSync(output, 'utf8'));
}
