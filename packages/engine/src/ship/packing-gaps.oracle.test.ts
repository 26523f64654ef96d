import { spawnSync } from 'node:child_process';
import { mkdirSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { describe, expect, it } from 'vitest';
import { checkAll } from '../../test/check-workspace.js';
import { randomFrom } from '../../test/random.js';
import { writeWorkspace } from '../../test/text-workspace.js';

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

const outcomes = new Map<number, ReturnType<typeof packAndLoad>>();

/**
 * Packs the package of a seed once, so that every test can read the outcome without depending on
 * another test.
 */
function outcomeOf(seed: number) {
  const outcome = outcomes.get(seed) ?? packAndLoad(seed);
  outcomes.set(seed, outcome);
  return outcome;
}

function packAndLoad(seed: number) {
  const random = randomFrom(seed * 7 + 1);
  const some = (from: readonly string[]): string[] =>
    Array.from({ length: 1 + random.below(3) }, () => random.pick(from));
  const manifest = {
    name: '@acme/lib',
    version: '1.0.0',
    type: 'module',
    repository: 'acme/acme',
    exports: { '.': './dist/index.js', './lib': './lib/main.cjs' },
    bin: './bin/run.js',
    ...(random.chance(0.6) && { files: some(LISTED) }),
  };
  const files = new Map([
    ['packages/lib/package.json', JSON.stringify(manifest)],
    ['packages/lib/dist/index.js', 'export * from "./chunks/a.js";\n'],
    ['packages/lib/dist/chunks/a.js', 'import "./b.js";\nexport const a = 1;\n'],
    ['packages/lib/dist/chunks/b.js', 'export {};\n'],
    ['packages/lib/lib/main.cjs', 'exports.data = require("../data/data.json");\n'],
    ['packages/lib/data/data.json', '{}\n'],
    ['packages/lib/bin/run.js', '#!/usr/bin/env node\nimport "../dist/index.js";\n'],
    ['packages/lib/dist/unused.js', 'export {};\n'],
  ]);
  if (random.chance(0.5)) files.set('packages/lib/.npmignore', `${some(IGNORED).join('\n')}\n`);
  if (random.chance(0.3)) files.set('packages/lib/.gitignore', `${some(IGNORED).join('\n')}\n`);
  if (random.chance(0.2)) files.set('packages/lib/dist/.npmignore', `${some(IGNORED).join('\n')}\n`);
  using workspace = writeWorkspace(files);
  const [report] = checkAll(workspace.root);
  const found = report!.findings.some(({ code, severity }) => code === 'VE306' && severity === 'error');
  const failures = importUnpacked(workspace.root, ['dist/index.js', 'lib/main.cjs', 'bin/run.js']);
  const given = [...files].filter(([file]) => /ignore|package.json/.test(file));
  return { found, failures, given: given.map(([file, text]) => `${file}: ${text}`).join('\n') };
}

describe('a tarball', () => {
  const seeds = Array.from({ length: 24 }, (_, seed) => seed);

  it.each(seeds)('has a finding exactly if Node misses a file in it, seed %i', (seed) => {
    const { found, failures, given } = outcomeOf(seed);
    for (const { error } of failures) expect(error, given).toMatch(/ERR_MODULE_NOT_FOUND|MODULE_NOT_FOUND/);
    expect(found, `${given}\n${failures.map(({ error }) => error).join('\n')}`).toBe(failures.length > 0);
  });

  it('has a finding for some seeds, and none for others', () => {
    expect(new Set(seeds.map((seed) => outcomeOf(seed).found))).toEqual(new Set([true, false]));
  });
});

/** The entry files that do not load from the unpacked tarball, each with the error of Node. */
function importUnpacked(root: string, entries: readonly string[]) {
  const into = join(root, 'unpacked');
  mkdirSync(into);
  const pack = ['pack', '--ignore-scripts', '--offline', '--workspaces=false', '--pack-destination', into];
  const options = {
    cwd: join(root, 'packages/lib'),
    encoding: 'utf8',
    shell: process.platform === 'win32',
  } as const;
  spawnSync('npm', pack, options);
  const [tarball] = readdirSync(into).filter((name) => name.endsWith('.tgz'));
  spawnSync('tar', ['-xzf', tarball!], { cwd: into });
  return entries.flatMap((entry) => {
    const code = `await import(${JSON.stringify(pathToFileURL(join(into, 'package', entry)).href)})`;
    const { status, stderr } = spawnSync(process.execPath, ['--input-type=module', '-e', code], {
      encoding: 'utf8',
    });
    return status === 0 ? [] : [{ entry, error: stderr }];
  });
}
