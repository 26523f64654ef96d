import { mkdirSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import type { ProjectGraph } from '@nx/devkit';
import type { Log } from 'sarif';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { loadEngine } from '../../engine';
import type { Outcome } from '../verify-exports/task-checker';
import { liveSarif } from './live-sarif';
import { QuietChanges } from './quiet-changes';
import { TouchedProjects } from './touched-projects';
import { HALF_WRITTEN_MS, ONE_MODULE_MS, QUIET_MS, SURE_MS, Watch } from './watch';
import type { Watched } from './watch';
import { WATCH_BACKGROUND } from './watch-words';

const CORE = 'packages/core/dist/index.js';
const HEALTHY = 'export const one = 1;\nexport const two = 2;\n';
const manifest = (name: string, more: object = {}) =>
  JSON.stringify({ name: `@acme/${name}`, type: 'module', exports: './dist/index.js', ...more });
const FILES = {
  'packages/core/package.json': manifest('core'),
  [CORE]: HEALTHY,
  'packages/app/package.json': manifest('app', { dependencies: { '@acme/core': '*' } }),
  'packages/app/dist/index.js': "import { two } from '@acme/core';\nconsole.log(two);\n",
  'packages/tool/package.json': manifest('tool'),
  'packages/tool/dist/index.js': 'export {};\n',
};

let root: string;
beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'watch-'));
  write(FILES);
});
afterEach(() => rmSync(root, { recursive: true }));

function write(files: Readonly<Record<string, string>>): void {
  for (const [file, text] of Object.entries(files)) {
    mkdirSync(dirname(join(root, file)), { recursive: true });
    writeFileSync(join(root, file), text);
  }
}

function watchedIn(options: Readonly<Record<string, unknown>> = {}): Watched {
  const names = ['app', 'core', 'tool'];
  const nodes = names.map((name) => [
    name,
    { name, type: 'lib', data: { root: `packages/${name}`, targets: {} } },
  ]);
  const dependencies = { app: [{ source: 'app', target: 'core', type: 'static' }] };
  const projectGraph = { nodes: Object.fromEntries(nodes), dependencies } as unknown as ProjectGraph;
  const projects = names.map((name) => ({
    name,
    root: `packages/${name}`,
    outputs: [`packages/${name}/dist`],
  }));
  return {
    context: { root, projectGraph },
    jobs: new Map(names.map((name) => [name, { project: name, targetName: 'verify-exports', options }])),
    touched: new TouchedProjects(projectGraph, projects),
  };
}

/** A watch whose clock moves as soon as it waits. `waits` lists how long it waited. */
async function start(
  read: () => Promise<Watched> = async () => watchedIn(),
  finished?: (all: readonly Outcome[]) => void,
) {
  let now = 0;
  const waits: number[] = [];
  const changes = new QuietChanges({
    now: () => now,
    after: (ms, call) => {
      const timer = setImmediate(() => {
        waits.push(ms);
        now += ms;
        call();
      });
      return () => clearImmediate(timer);
    },
  });
  let printed = '';
  let rounds: (text: string) => void = () => {};
  const options = {
    engine: await loadEngine(),
    changes,
    read,
    isWhole: (file: string) => (statSync(join(root, file), { throwIfNoEntry: false })?.size ?? 0) > 0,
    installedAnew: () => false,
    ...(finished && { finished }),
    print: (text: string) => {
      printed += `${text}\n`;
      if (new RegExp(WATCH_BACKGROUND.endsPattern, 'm').test(printed)) rounds(printed);
    },
  };
  /** Starts a round and returns what it prints. */
  const round = (begin: () => void): Promise<string> => {
    printed = '';
    waits.length = 0;
    const printedText = new Promise<string>((resolve) => (rounds = resolve));
    begin();
    return printedText;
  };
  const watch = new Watch(options, watchedIn());
  let ended!: Promise<void>;
  const first = await round(() => void (ended = watch.untilStopped()));
  const change = (files: Readonly<Record<string, string | null>>) => {
    for (const [file, text] of Object.entries(files))
      if (text === null) rmSync(join(root, file), { recursive: true });
      else write({ [file]: text });
    watch.changed(Object.keys(files));
  };
  const stop = () => {
    changes.stop();
    return ended;
  };
  return { first, change, round, stop, waits, changes };
}

describe('Watch', () => {
  it('checks all projects first, then those that a change affects', async () => {
    const { first, change, round, stop, waits } = await start();
    expect(first).toMatch(
      /^\n> verify-exports: 3 projects\n\n(✔ .*\n){3}\n✔ verify-exports: 3 projects \(3 checked in .* s\) - watching\n$/,
    );

    const broken = await round(() => change({ [CORE]: 'export const one = 1;\n' }));
    expect(broken).toContain(`> verify-exports: ${CORE} changed\n`);
    expect(broken).toContain('packages/app/dist/index.js:1:10 - error VE201 missing-export');
    expect(broken).toMatch(/✖ verify-exports: 1 problem in 2 of 3 projects: 1 error \(2 checked/);
    expect(waits).toEqual([QUIET_MS, ONE_MODULE_MS - QUIET_MS]);

    const fixed = await round(() => change({ [CORE]: HEALTHY }));
    expect(fixed).toContain('✔ app: 1 entry point');
    expect(fixed).toMatch(/✔ verify-exports: 3 projects \(2 checked/);
    expect(waits).toEqual([QUIET_MS]);
    await stop();
  });

  it('prints what still fails in every round', async () => {
    const { change, round, stop } = await start();
    await round(() => change({ [CORE]: 'export const one = 1;\n' }));
    const other = await round(() => change({ 'packages/tool/dist/index.js': 'export const x = 1;\n' }));
    expect(other).toContain('error VE201');
    expect(other).toContain('✔ tool');
    expect(other).not.toContain('✔ core');
    await stop();
  });

  it('waits longer if files are missing or incomplete, and prints the result afterwards', async () => {
    const { change, round, stop, waits } = await start();
    const gone = await round(() => change({ [CORE]: null }));
    expect(gone).toContain('✖ verify-exports: 1 problem in ');
    expect(waits).toEqual([QUIET_MS, HALF_WRITTEN_MS - QUIET_MS]);
    const back = await round(() => change({ [CORE]: HEALTHY }));
    expect(back).toContain('✔ verify-exports: 3 projects');
    await stop();
  });

  it('waits longer before it prints a failure if several modules changed', async () => {
    const { change, round, stop, waits } = await start();
    const broken = 'export const one = 1;\n';
    const other = { 'packages/core/dist/other.js': 'export {};\n' };
    expect(await round(() => change({ [CORE]: broken, ...other }))).toContain('error VE201');
    expect(waits).toEqual([QUIET_MS, SURE_MS - QUIET_MS]);
    await round(() => change({ [CORE]: HEALTHY }));
    const beside = { 'packages/core/dist/index.js.map': '{}', 'packages/core/dist/index.d.ts': broken };
    expect(await round(() => change({ [CORE]: broken, ...beside }))).toContain('error VE201');
    expect(waits).toEqual([QUIET_MS, ONE_MODULE_MS - QUIET_MS]);
    await stop();
  });

  it('does not print a failure that disappears while it waits', async () => {
    const { change, round, stop, changes } = await start();
    const output = round(() => change({ [CORE]: 'export const one = 1;\n' }));
    // The project is checked and the watch waits. The next change comes before the wait ends.
    while (changes.any) await new Promise((resolve) => setImmediate(resolve));
    change({ [CORE]: HEALTHY });
    expect(await output).not.toContain('error');
    await stop();
  });

  it('starts no round for files that no result depends on', async () => {
    const { change, round, stop, changes } = await start();
    change({ 'notes.md': 'x', '.cache/x.js': '' });
    expect(changes.any).toBe(false);
    const output = await round(() => change({ 'packages/tool/dist/index.js': 'export const x = 1;\n' }));
    expect(output).toContain('> verify-exports: packages/tool/dist/index.js changed');
    await stop();
  });

  it('uses the previous project graph while Nx cannot build a new one', async () => {
    let reads = 0;
    const { change, round, stop } = await start(async () => {
      reads += 1;
      if (reads === 1) throw new Error('package.json is broken');
      return watchedIn();
    });
    const broken = await round(() => change({ 'packages/tool/package.json': '{' }));
    expect(broken).toContain('Nx cannot build the project graph');
    expect(broken).toContain('package.json is broken');
    expect(broken).toContain('✖ tool');
    const fixed = await round(() => change({ 'packages/tool/package.json': manifest('tool') }));
    expect(fixed).toContain('✔ tool');
    expect(reads).toBe(2);
    await stop();
  });

  it('keeps a SARIF file up to date for editors', async () => {
    const file = '.sarif/verify-exports.sarif';
    const finished = liveSarif(await loadEngine(), { root, file, print: expect.unreachable });
    const results = () => {
      const log = JSON.parse(readFileSync(join(root, file), 'utf8')) as Log;
      return log.runs[0]!.results!.map(({ ruleId, locations }) => {
        const { artifactLocation, region } = locations![0]!.physicalLocation!;
        return `${ruleId} ${artifactLocation!.uri}:${region!.startLine}`;
      });
    };
    const { change, round, stop, changes } = await start(undefined, finished);
    expect(results()).toEqual([]);
    await round(() => change({ [CORE]: 'export const one = 1;\n' }));
    expect(results()).toEqual(['VE201 packages/app/dist/index.js:1']);
    const { mtimeMs } = statSync(join(root, file));
    await round(() => change({ 'packages/tool/dist/index.js': 'export const x = 1;\n' }));
    expect(statSync(join(root, file)).mtimeMs).toBe(mtimeMs);
    await round(() => change({ [CORE]: HEALTHY }));
    expect(results()).toEqual([]);
    // The file itself starts no round.
    change({ [file]: '{}' });
    expect(changes.any).toBe(false);
    await stop();
  });

  it('reports a project that cannot be checked, and continues', async () => {
    const { change, round, stop } = await start(async () => watchedIn({ strict: 'yes' }));
    const wrong = await round(() => change({ 'nx.json': '{}' }));
    expect(wrong).toContain('could not check: The option "strict" is "yes".');
    expect(wrong).toContain('3 projects could not be checked');
    await stop();
  });
});
