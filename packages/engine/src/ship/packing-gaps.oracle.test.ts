import { spawnSync } from 'node:child_process';
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { describe, expect, it } from 'vitest';
import { checkAll } from '../../test/check-workspace.js';
import { randomFrom } from '../../test/random.js';
import { writeWorkspace } from '../../test/text-workspace.js';
import type { Report } from '../model/report.js';

/**
 * The oracle is npm and Node: the package is packed, the tarball unpacked elsewhere, and every
 * entry point imported there. One must fail exactly where VE306 is an error.
 */

const LISTED = [
  'dist',
  'dist/',
  './dist/*.js',
  'dist/index.js',
  'dist/**',
  '!dist/chunks',
  'chunks',
  '/bin',
  'lib/**/*.cjs',
  '*.js',
  'data',
];
const IGNORED = ['dist/chunks', '*.json', 'lib', '/data', '!dist', 'chunks/', '*.cjs', 'src', '**/b.js'];

const SEEDS = Array.from({ length: 24 }, (_, seed) => seed);

let outcomes: ReadonlyMap<number, ReturnType<typeof load>> | undefined;

/**
 * Packs all packages with one command, once, so that every test can read the outcomes without
 * depending on another test.
 */
function outcomeOf(seed: number) {
  outcomes ??= packAndLoad();
  return outcomes.get(seed)!;
}

function packAndLoad() {
  const files = new Map(SEEDS.map((seed) => [seed, filesOf(seed)]));
  using workspace = writeWorkspace(new Map([...files.values()].flatMap((ofSeed) => [...ofSeed])));
  const { root } = workspace;
  pack(root);
  const reports = new Map(checkAll(root).map((report) => [report.project, report]));
  return new Map(
    SEEDS.map((seed) => [seed, load(root, seed, reports.get(`lib-${seed}`)!, files.get(seed)!)]),
  );
}

function filesOf(seed: number): ReadonlyMap<string, string> {
  const random = randomFrom(seed * 7 + 1);
  const root = `packages/lib-${seed}`;
  const some = (from: readonly string[]): string[] =>
    Array.from({ length: 1 + random.below(3) }, () => random.pick(from));
  const manifest = {
    name: `lib-${seed}`,
    version: '1.0.0',
    type: 'module',
    repository: 'acme/acme',
    exports: { '.': './dist/index.js', './lib': './lib/main.cjs' },
    bin: './bin/run.js',
    ...(random.chance(0.6) && { files: some(LISTED) }),
  };
  const files = new Map([
    [`${root}/package.json`, JSON.stringify(manifest)],
    [`${root}/dist/index.js`, 'export * from "./chunks/a.js";\n'],
    [`${root}/dist/chunks/a.js`, 'import "./b.js";\nexport const a = 1;\n'],
    [`${root}/dist/chunks/b.js`, 'export {};\n'],
    [`${root}/lib/main.cjs`, 'exports.data = require("../data/data.json");\n'],
    [`${root}/data/data.json`, '{}\n'],
    [`${root}/bin/run.js`, '#!/usr/bin/env node\nimport "../dist/index.js";\n'],
    [`${root}/dist/unused.js`, 'export {};\n'],
  ]);
  if (random.chance(0.5)) files.set(`${root}/.npmignore`, `${some(IGNORED).join('\n')}\n`);
  if (random.chance(0.3)) files.set(`${root}/.gitignore`, `${some(IGNORED).join('\n')}\n`);
  if (random.chance(0.2)) files.set(`${root}/dist/.npmignore`, `${some(IGNORED).join('\n')}\n`);
  return files;
}

function load(root: string, seed: number, report: Report, files: ReadonlyMap<string, string>) {
  const found = report.findings.some(({ code, severity }) => code === 'VE306' && severity === 'error');
  const failures = importUnpacked(root, seed, ['dist/index.js', 'lib/main.cjs', 'bin/run.js']);
  const given = [...files].filter(([file]) => /ignore|package.json/.test(file));
  return { found, failures, given: given.map(([file, text]) => `${file}: ${text}`).join('\n') };
}

describe('a tarball', () => {
  it.each(SEEDS)('has a finding exactly if Node misses a file in it, seed %i', (seed) => {
    const { found, failures, given } = outcomeOf(seed);
    for (const { error } of failures) expect(error, given).toMatch(/ERR_MODULE_NOT_FOUND|MODULE_NOT_FOUND/);
    expect(found, `${given}\n${failures.map(({ error }) => error).join('\n')}`).toBe(failures.length > 0);
  });

  it('has a finding for some seeds, and none for others', () => {
    expect(new Set(SEEDS.map((seed) => outcomeOf(seed).found))).toEqual(new Set([true, false]));
  });
});

/** Packs all packages of a workspace into its root. */
function pack(root: string): void {
  const folders = SEEDS.map((seed) => `./packages/lib-${seed}`);
  const args = ['pack', '--ignore-scripts', '--offline', '--workspaces=false', ...folders];
  const shell = process.platform === 'win32';
  const { status, stderr } = spawnSync('npm', args, { cwd: root, encoding: 'utf8', shell });
  expect(status, stderr).toBe(0);
}

/** The entry files that do not load from the unpacked tarball, each with the error of Node. */
function importUnpacked(root: string, seed: number, entries: readonly string[]) {
  const into = join(root, `unpacked-${seed}`);
  mkdirSync(into);
  spawnSync('tar', ['-xzf', join(root, `lib-${seed}-1.0.0.tgz`)], { cwd: into });
  return entries.flatMap((entry) => {
    const code = `await import(${JSON.stringify(pathToFileURL(join(into, 'package', entry)).href)})`;
    const { status, stderr } = spawnSync(process.execPath, ['--input-type=module', '-e', code], {
      encoding: 'utf8',
    });
    return status === 0 ? [] : [{ entry, error: stderr }];
  });
}
