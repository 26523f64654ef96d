import {
  chmodSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { parseCase } from '../test/case-file.js';
import { editRandomly } from '../test/random-edits.js';
import { randomFrom } from '../test/random.js';
import type { Random } from '../test/random.js';
import { writeWorkspace } from '../test/text-workspace.js';
import type { VerifyOptions } from './model/options.js';
import type { WorkspaceInput } from './model/workspace.js';
import { normalizeOptions } from './report/normalize-options.js';
import { renderJson } from './formats/render-json.js';
import { openRun } from './session.js';
import { verify } from './verify.js';

// The oracle is a run without a cache folder. With one, every report must have the same bytes: if the folder is empty, if an earlier
// process has filled it, and whatever else is in it.

const rules = join(import.meta.dirname, 'rules');
const CASES = readdirSync(rules, { recursive: true, encoding: 'utf8' })
  .filter((file) => file.endsWith('.case'))
  .sort();

/** More with RENEWALS=1000; a failure prints its seed. */
const COUNT = Number(process.env['RENEWALS'] ?? 30);

interface Checked {
  readonly reports: readonly string[];
  readonly loaded: number;
  readonly parses: number;
  readonly replays: number;
}

function check(input: WorkspaceInput, options: VerifyOptions | undefined): Checked {
  const run = openRun(input);
  const reports = run.workspace.packages.map(({ project }) =>
    renderJson(verify({ run, project, ...(options && { options }) })),
  );
  const { loaded, parses, replays } = run.counts;
  run.saveCache();
  return { reports, loaded, parses, replays };
}

/** Damages the files of a cache folder in one way. */
const POISONS: readonly ((folder: string, random: Random) => void)[] = [
  function truncated(folder, random) {
    for (const file of filesIn(folder)) {
      const bytes = readFileSync(file);
      writeFileSync(file, bytes.subarray(0, random.below(bytes.length)));
    }
  },
  function ofAnotherVersion(folder) {
    for (const file of filesIn(folder)) {
      const text = readFileSync(file, 'latin1');
      writeFileSync(
        file,
        text.replace(/^[0-9a-f]/, (digit) => (digit === '0' ? '1' : '0')),
        'latin1',
      );
    }
  },
  function ofAnotherPackage(folder) {
    const files = filesIn(folder);
    const all = files.map((file) => readFileSync(file));
    for (const [at, file] of files.entries()) writeFileSync(file, all[(at + 1) % all.length]!);
  },
  function withOtherBytes(folder, random) {
    for (const file of filesIn(folder)) {
      const bytes = readFileSync(file);
      for (let left = 3; left > 0; left--) bytes[random.below(bytes.length)]! ^= 1 + random.below(255);
      writeFileSync(file, bytes);
    }
  },
  function fromTheFuture(folder) {
    for (const file of filesIn(folder)) utimesSync(file, 4_000_000_000, 4_000_000_000);
  },
  function empty(folder) {
    for (const file of filesIn(folder)) writeFileSync(file, '');
  },
];

function filesIn(folder: string): readonly string[] {
  return readdirSync(folder)
    .map((name) => join(folder, name))
    .sort();
}

function cacheFolder(): { readonly folder: string; [Symbol.dispose](): void } {
  const folder = mkdtempSync(join(tmpdir(), 'verify-exports-cache-'));
  return { folder, [Symbol.dispose]: () => rmSync(folder, { recursive: true, force: true }) };
}

/** Files that were written just now are always read. Later, their sizes and times are enough. */
function letTimePass(): void {
  const later = Date.now() + 60_000;
  vi.spyOn(Date, 'now').mockImplementation(() => later);
}
afterEach(() => void vi.restoreAllMocks());

describe('a report with a cache folder', () => {
  it.each(CASES.map((name, at) => [name, at] as const))(
    'is the same in every state of it: %s',
    (name, at) => {
      const { files, projects, options: given } = parseCase(readFileSync(join(rules, name), 'utf8'));
      const options = given && normalizeOptions(given);
      using workspace = writeWorkspace(files);
      using cache = cacheFolder();
      const input = { root: workspace.root, ...(projects && { projects }) };
      const cached = { ...input, cacheFolder: cache.folder };
      if (at % 2 === 0) letTimePass();
      const expected = check(input, options);
      expect(check(cached, options).reports).toEqual(expected.reports);
      const warm = check(cached, options);
      expect(warm.reports).toEqual(expected.reports);
      if (expected.parses > 0) expect(warm.loaded).toBeGreaterThan(0);
      const keeping = { ...cached, keepReports: true };
      expect(check(keeping, options).reports).toEqual(expected.reports);
      const replayed = check(keeping, options);
      expect(replayed.reports).toEqual(expected.reports);
      expect([0, expected.reports.length]).toContain(replayed.replays);
      const random = randomFrom(at);
      POISONS[at % POISONS.length]!(cache.folder, random);
      expect(check(cached, options).reports).toEqual(expected.reports);
      expect(check(keeping, options).reports).toEqual(expected.reports);
      expect(check(keeping, options).reports).toEqual(expected.reports);
    },
  );

  it('is the same after any edit', () => {
    for (let seed = 0; seed < COUNT; seed++) {
      const random = randomFrom(seed);
      const name = random.pick(CASES);
      const { files, projects, options: given } = parseCase(readFileSync(join(rules, name), 'utf8'));
      const options = given && normalizeOptions(given);
      using workspace = writeWorkspace(files);
      using cache = cacheFolder();
      const input = { root: workspace.root, ...(projects && { projects }) };
      const cached = { ...input, cacheFolder: cache.folder, keepReports: seed % 3 > 0 };
      const done: string[] = [];
      if (seed % 2 === 0) letTimePass();
      else vi.restoreAllMocks();
      for (let edits = 0; edits < 5; edits++) {
        check(cached, options);
        done.push(editRandomly(workspace.root, random).what);
        expect(check(cached, options).reports, `seed ${seed}, ${name}: ${done.join('; ')}`).toEqual(
          check(input, options).reports,
        );
      }
    }
  }, 600_000);

  const PACKAGES = new Map([
    ['packages/a/package.json', '{ "name": "a", "type": "module", "exports": "./index.js" }'],
    ['packages/a/index.js', 'export const one = 1;\n'],
    [
      'packages/b/package.json',
      '{ "name": "b", "type": "module", "exports": "./index.js", "dependencies": { "a": "*" } }',
    ],
    ['packages/b/index.js', "import { one } from 'a';\nexport default one;\n"],
  ]);
  const verdicts = (input: WorkspaceInput): readonly string[] =>
    check(input, undefined).reports.map((text) => (JSON.parse(text) as { verdict: string }).verdict);

  it.each([false, true])('does not depend on the sizes and times of files (later: %s)', (isLater) => {
    if (isLater) letTimePass();
    using workspace = writeWorkspace(PACKAGES);
    using cache = cacheFolder();
    const input = { root: workspace.root, cacheFolder: cache.folder };
    expect(verdicts(input)).toEqual(['pass', 'pass']);
    const file = join(workspace.root, 'packages/a/index.js');
    const { atime, mtime, size } = statSync(file);
    writeFileSync(file, 'export const two = 1;\n');
    utimesSync(file, atime, mtime);
    expect(statSync(file).size).toBe(size);
    expect(verdicts(input)).toEqual(['fail', 'fail']);
  });

  it('parses nothing if nothing has changed, and one file after one edit', () => {
    using workspace = writeWorkspace(PACKAGES);
    using cache = cacheFolder();
    const input = { root: workspace.root, cacheFolder: cache.folder };
    expect(check(input, undefined)).toMatchObject({ parses: 2, loaded: 0 });
    expect(check(input, undefined)).toMatchObject({ parses: 0 });
    writeFileSync(join(workspace.root, 'packages/a/index.js'), 'export const one = 2;\n');
    expect(check(input, undefined)).toMatchObject({ parses: 1 });
    expect(check(input, undefined)).toMatchObject({ parses: 0 });
  });

  it('is taken from the folder if nothing has changed that was seen', () => {
    using workspace = writeWorkspace(PACKAGES);
    using cache = cacheFolder();
    const input = { root: workspace.root, cacheFolder: cache.folder, keepReports: true };
    const write = (file: string, text: string): void => writeFileSync(join(workspace.root, file), text);
    expect(check(input, undefined)).toMatchObject({ replays: 0, parses: 2 });
    expect(check(input, undefined)).toMatchObject({ replays: 2, parses: 0 });
    expect(check(input, { conditions: ['x'] })).toMatchObject({ replays: 0 });
    expect(check(input, { conditions: ['x'] })).toMatchObject({ replays: 2 });
    expect(check(input, undefined)).toMatchObject({ replays: 2 });
    write('packages/a/index.js', 'export const one = 2;\n');
    expect(check(input, undefined)).toMatchObject({ replays: 0, parses: 1 });
    expect(check(input, undefined)).toMatchObject({ replays: 2 });
    write('packages/a/other.js', 'export const two = 2;\n');
    expect(check(input, undefined)).toMatchObject({ replays: 0 });
    rmSync(join(workspace.root, 'packages/a/index.js'));
    expect(verdicts(input)).toEqual(['fail', 'fail']);
    expect(verdicts(input)).toEqual(['fail', 'fail']);
    expect(check(input, undefined)).toMatchObject({ replays: 2 });
  });

  it('is taken from the folder although a configuration extends a missing file', () => {
    const config =
      '{ "extends": ["./base.json", "@x/config"], "compilerOptions": { "paths": { "z": ["./z"] } } }';
    using workspace = writeWorkspace(new Map([...PACKAGES, ['packages/b/tsconfig.json', config]]));
    using cache = cacheFolder();
    const input = { root: workspace.root, cacheFolder: cache.folder, keepReports: true };
    check(input, undefined);
    expect(check(input, undefined)).toMatchObject({ replays: 2 });
    writeFileSync(join(workspace.root, 'packages/b/base.json'), '{}');
    expect(check(input, undefined)).toMatchObject({ replays: 0 });
    expect(check(input, undefined)).toMatchObject({ replays: 2 });
    mkdirSync(join(workspace.root, 'node_modules/@x/config'), { recursive: true });
    writeFileSync(join(workspace.root, 'node_modules/@x/config/tsconfig.json'), '{}');
    expect(check(input, undefined)).toMatchObject({ replays: 0 });
    expect(check(input, undefined)).toMatchObject({ replays: 2 });
    writeFileSync(join(workspace.root, 'node_modules/@x/config/tsconfig.json'), '{ }');
    expect(check(input, undefined)).toMatchObject({ replays: 0 });
  });

  it('is written if the folder cannot be', () => {
    using workspace = writeWorkspace(PACKAGES);
    using cache = cacheFolder();
    const file = join(cache.folder, 'file');
    writeFileSync(file, '');
    expect(verdicts({ root: workspace.root, cacheFolder: join(file, 'below') })).toEqual(['pass', 'pass']);
    chmodSync(cache.folder, 0o500);
    expect(verdicts({ root: workspace.root, cacheFolder: cache.folder })).toEqual(['pass', 'pass']);
    chmodSync(cache.folder, 0o700);
  });

  it('removes the files of packages that are gone, and facts about files that are gone', () => {
    using workspace = writeWorkspace(PACKAGES);
    using cache = cacheFolder();
    const input = { root: workspace.root, cacheFolder: cache.folder };
    check(input, undefined);
    expect(filesIn(cache.folder)).toHaveLength(2);
    rmSync(join(workspace.root, 'packages/b'), { recursive: true });
    writeFileSync(join(workspace.root, 'packages/a/more.js'), 'export const more = 1;\n');
    writeFileSync(join(workspace.root, 'packages/a/index.js'), "export * from './more.js';\n");
    check(input, undefined);
    const contents = () => filesIn(cache.folder).map((file) => readFileSync(file, 'latin1'));
    expect(contents().join()).toContain('more.js');
    rmSync(join(workspace.root, 'packages/a/more.js'));
    writeFileSync(join(workspace.root, 'packages/a/index.js'), 'export const one = 3;\n');
    check(input, undefined);
    expect(contents().join()).not.toContain('"more.js"');
  });
});
