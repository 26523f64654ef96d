import {
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { openRun } from '../../packages/engine/src/session.js';
import { verify } from '../../packages/engine/src/verify.js';
import { resolvesOf } from '../../packages/engine/src/workspace-view.js';
import { generateWorkspace } from './generate-workspace.mjs';
import { renderWidePackage } from './render-wide-package.mjs';

// How much work a check is, in counts that no machine changes: a regression shows here without a clock.

let folder;
beforeEach(() => (folder = mkdtempSync(join(tmpdir(), 'counts-'))));
afterEach(() => rmSync(folder, { recursive: true, force: true }));

function projectsIn(root) {
  return readdirSync(join(root, 'packages')).map((name) => ({
    name,
    root: `packages/${name}`,
    outputs: [`packages/${name}/dist`],
  }));
}

/** Checks projects in a new run, as a new process does. `more`: what the caller says besides. */
function check(root, names, more = {}) {
  const run = openRun({ root, projects: projectsIn(root), cacheFolder: join(folder, 'cache'), ...more });
  const reports = names.map((project) => verify({ run, project }));
  run.saveCache();
  return { ...run.counts, resolves: resolvesOf(run), reports };
}

describe('the counts of a check of generated packages', () => {
  const PACKAGES = 12;
  const MODULES = 8;
  let root;
  let plan;
  let all;
  let files;
  beforeEach(() => {
    root = join(folder, 'workspace');
    plan = generateWorkspace({ root, packages: PACKAGES, modules: MODULES }).packages;
    all = plan.map((one) => one.folder.split('/').at(-1));
    files = readdirSync(join(root, 'packages'), { recursive: true, withFileTypes: true }).filter((entry) =>
      entry.isFile(),
    ).length;
  });

  it('read each file about once and lex or parse it at most once', () => {
    const { reads, parses, trees, resolves, loaded } = check(root, all);
    expect(parses).toBeGreaterThan(PACKAGES * MODULES);
    expect(parses).toBeLessThanOrEqual(files);
    // The lexer is enough for most of them.
    expect(trees).toBeGreaterThan(0);
    expect(trees).toBeLessThan(parses / 4);
    expect(reads).toBeLessThanOrEqual(files * 1.25);
    expect(resolves).toBeGreaterThan(PACKAGES * MODULES);
    expect(resolves).toBeLessThan(files * 1.75);
    expect(loaded).toBe(0);
  });

  it('parse nothing in a later process, whatever it checks', () => {
    const { resolves } = check(root, all);
    const again = check(root, all);
    expect(again).toMatchObject({ parses: 0, trees: 0 });
    expect(again.resolves).toBeLessThanOrEqual(resolves);
    for (const name of all) {
      const alone = check(root, [name]);
      expect(alone).toMatchObject({ parses: 0, trees: 0 });
      expect(alone.resolves).toBeLessThan(resolves / 2);
    }
  });

  it('share what separate tasks parse', () => {
    const { parses, trees } = check(root, all);
    rmSync(join(folder, 'cache'), { recursive: true });
    const alone = all.map((name) => check(root, [name]));
    const sumOf = (count) => alone.reduce((sum, counts) => sum + counts[count], 0);
    expect({ parses: sumOf('parses'), trees: sumOf('trees') }).toEqual({ parses, trees });
  });

  it('parse one file after an edit of one file', () => {
    check(root, all);
    const file = join(root, plan[0].folder, 'dist/index.js');
    writeFileSync(file, `${readFileSync(file, 'utf8')}// changed\n`);
    expect(all.reduce((sum, name) => sum + check(root, [name]).parses, 0)).toBe(1);
  });

  /**
   * The sums over separate tasks: one process for each project. They run later than the last write, because a file that was
   * written just now has to be read again.
   */
  const apart = (more) => {
    const later = Date.now() + 10_000;
    const clock = vi.spyOn(Date, 'now').mockReturnValue(later);
    const sums = { looks: 0, reads: 0, parses: 0, trees: 0, resolves: 0, loaded: 0, replays: 0 };
    for (const name of all) {
      const counts = check(root, [name], more);
      for (const count of Object.keys(sums)) sums[count] += counts[count];
    }
    clock.mockRestore();
    return sums;
  };
  /** Adds a comment to a file of the package that most others depend on. */
  const changeHub = (file) =>
    writeFileSync(
      join(root, plan[0].folder, file),
      `${readFileSync(join(root, plan[0].folder, file), 'utf8')}// changed\n`,
    );

  it('of separate tasks are in proportion to what their projects have to do with', () => {
    // Each file is read by the task that comes first, and again by tasks that need its text, not only facts about it.
    expect(apart().reads).toBeLessThan(files * 2.5);
    const { reads, looks, loaded, parses, resolves } = apart();
    expect(parses).toBe(0);
    // Every task reads all manifests.
    expect(reads).toBeLessThan(PACKAGES * (PACKAGES + 20));
    expect(looks).toBeLessThan(files * 8);
    expect(resolves).toBeLessThan(files * 7);
    expect(loaded).toBeLessThan(files * 8);
  });

  it('of separate tasks are those of one task if a source of a hub changed', () => {
    const keeping = { keepReports: true };
    apart(keeping);
    const all = apart();
    changeHub('src/index.ts');
    const { parses, loaded, resolves, replays } = apart(keeping);
    expect({ parses, replays }).toEqual({ parses: 0, replays: PACKAGES - 1 });
    expect(loaded).toBeLessThan((all.loaded / PACKAGES) * 2);
    expect(resolves).toBeLessThan((all.resolves / PACKAGES) * 2);
  });

  it('of separate tasks hardly grow if the output of a hub changed', () => {
    apart();
    const before = apart();
    changeHub('dist/index.js');
    const { reads, parses, trees, resolves, loaded } = apart();
    // Its text is lexed.
    expect({ parses, trees }).toEqual({ parses: 1, trees: 0 });
    expect(reads).toBeLessThan(before.reads * 1.25);
    expect(resolves).toBeLessThan(before.resolves * 1.1);
    expect(loaded).toBeLessThan(before.loaded * 1.05);
  });

  it('hardly grow if a file of a hub is gone', () => {
    const healthy = check(root, all);
    rmSync(join(folder, 'cache'), { recursive: true });
    const dist = join(root, plan[0].folder, 'dist');
    const [lost = ''] = readFileSync(join(dist, 'index.js'), 'utf8').match(/(?<=')\.\/\w+\.js(?=')/) ?? [];
    rmSync(join(dist, lost));
    const broken = check(root, all);
    expect(broken.reports.some(({ findings }) => findings.length > 0)).toBe(true);
    expect(broken.reads).toBeLessThan(healthy.reads * 1.2);
    expect(broken.parses).toBeLessThan(healthy.parses * 1.2);
    expect(broken.trees).toBeLessThan(healthy.trees * 1.2);
    expect(broken.resolves).toBeLessThan(healthy.resolves * 1.2);
    expect(broken.looks).toBeLessThan(healthy.looks * 1.2);
  });
});

describe('the counts of a check that imports from a package with many entry points', () => {
  const workspaceWith = (entries) => {
    const root = join(folder, `wide-${entries}`);
    const files = renderWidePackage({ name: 'icons', folder: 'packages/icons', entries });
    const text = "import { icon1 } from 'icons/icon1';\nexport const icon = icon1;\n";
    const types = 'export declare const icon: { d: string };\n';
    files.set('package.json', '{ "private": true, "workspaces": ["packages/*"] }');
    files.set(
      'packages/app/package.json',
      JSON.stringify({
        name: 'app',
        type: 'module',
        exports: { types: './dist/index.d.ts', default: './dist/index.js' },
        dependencies: { icons: '^1.0.0' },
      }),
    );
    files.set('packages/app/src/index.ts', text);
    files.set('packages/app/dist/index.js', text);
    files.set('packages/app/dist/index.d.ts', types);
    for (const [file, content] of files) {
      mkdirSync(dirname(join(root, file)), { recursive: true });
      writeFileSync(join(root, file), content);
    }
    mkdirSync(join(root, 'node_modules'));
    symlinkSync(join(root, 'packages/icons'), join(root, 'node_modules/icons'), 'junction');
    return root;
  };

  it('do not depend on their number', () => {
    const { reports: few, ...small } = check(workspaceWith(5), ['app']);
    rmSync(join(folder, 'cache'), { recursive: true });
    const { reports: many, ...large } = check(workspaceWith(300), ['app']);
    expect(few[0].coverage.demands.met).toBeGreaterThan(0);
    expect(many[0].coverage).toEqual(few[0].coverage);
    expect(large).toEqual(small);
  });
});
