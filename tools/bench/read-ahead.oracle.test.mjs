import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import {
  openRun,
  projectsIn,
  readAhead,
  renderJson,
  saveCache,
  verify,
} from '../../packages/engine/dist/index.js';
import { generateWorkspace } from './generate-workspace.mjs';

// The oracle is a run without workers. The workers read in the order of the list, and the main thread in
// its own, so every run mixes what both have read in another way.

const threads = createRequire(import.meta.url)('node:worker_threads');

let folder;
let root;

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'verify-exports-ahead-'));
  root = join(folder, 'workspace');
  generateWorkspace({ root, packages: 8, modules: 30 });
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

function reportsOf(workers, cacheFolder) {
  const projects = readdirSync(join(root, 'packages')).map((name) => ({
    name,
    root: `packages/${name}`,
    outputs: [`packages/${name}/dist`],
  }));
  const run = openRun({ root, projects, ...(cacheFolder && { cacheFolder, keepReports: true }) });
  const names = projectsIn(run);
  readAhead({ run, projects: names, workers });
  const reports = names.map((project) => renderJson(verify({ run, project })));
  saveCache(run);
  return reports.join('\n');
}

function filesOf(index, ending) {
  const dist = join(root, 'packages', readdirSync(join(root, 'packages'))[index], 'dist');
  return readdirSync(dist)
    .filter((file) => file.endsWith(ending))
    .map((file) => join(dist, file));
}

/** In every way in which a file may differ from what a worker expects. */
function breakFiles() {
  const [missing, cut, deep, tooDeep, folderInstead] = [1, 2, 3, 4, 5].map(
    (index) => filesOf(index, '.js')[7],
  );
  rmSync(missing);
  writeFileSync(cut, readFileSync(cut, 'utf8').slice(0, 300));
  const nested = `${'('.repeat(1500)}1${')'.repeat(1500)}`;
  writeFileSync(deep, `${readFileSync(deep, 'utf8')}\nexport const deep = ${nested};\n`);
  writeFileSync(tooDeep, `export const deep = ${'['.repeat(50_000)}${']'.repeat(50_000)};\n`);
  rmSync(folderInstead);
  mkdirSync(folderInstead);
}

const STATES = { 'nothing is broken': () => undefined, 'files are broken': breakFiles };

describe.each(Object.entries(STATES))('if %s', (_, prepare) => {
  let expected;
  beforeAll(() => {
    prepare();
    expected = reportsOf(0);
  });

  it.each([1, 2, 8])('%i workers change nothing', (workers) => {
    const received = vi.spyOn(threads, 'receiveMessageOnPort');
    expect(reportsOf(workers)).toBe(expected);
    const messages = received.mock.results.filter(({ value }) => value !== undefined);
    received.mockRestore();
    expect(messages.length).toBeGreaterThan(10);
  });

  it('what is kept for later processes is right', () => {
    const cacheFolder = mkdtempSync(join(folder, 'cache-'));
    expect(reportsOf(2, cacheFolder)).toBe(expected);
    expect(reportsOf(0, cacheFolder)).toBe(expected);
  });
});
