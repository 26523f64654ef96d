import fs, {
  existsSync,
  mkdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import { syncBuiltinESMExports } from 'node:module';
import { join } from 'node:path';
import { describe, expect, it, vi } from 'vitest';
import { checkAll } from '../test/check-workspace.js';
import { runCommand } from '../test/run-command.js';
import { writeWorkspace } from '../test/text-workspace.js';
import type { Report } from './model/report.js';
import { openRun } from './session.js';
import { verify } from './verify.js';

const FILES = new Map([
  ['package.json', '{ "private": true, "workspaces": ["packages/*"] }'],
  ['packages/lib/package.json', '{ "name": "@acme/lib", "type": "module", "exports": "./dist/index.js" }'],
  ['packages/lib/dist/index.js', "export { a } from './a.js';\n"],
  ['packages/lib/dist/a.js', 'export const a = 1;\n'],
  [
    'packages/app/package.json',
    '{ "name": "@acme/app", "private": true, "main": "main.mjs", "dependencies": { "@acme/lib": "*" } }',
  ],
  ['packages/app/main.mjs', "import { a } from '@acme/lib';\nconsole.log(a);\n"],
  ['packages/other/package.json', '{ "name": "@acme/other", "private": true, "main": "index.js" }'],
  ['packages/other/index.js', 'exports.x = 1;\n'],
]);

type Functions = 'readFileSync' | 'writeFileSync' | 'mkdirSync' | 'renameSync' | 'readdirSync' | 'statSync';

/** Runs work while functions of `node:fs` behave as on a bad disk. */
async function withFaults<T>(
  faults: Partial<Record<Functions, (path: string) => void>>,
  work: () => T | Promise<T>,
): Promise<T> {
  const real = { ...fs };
  for (const [name, before] of Object.entries(faults) as [Functions, (path: string) => void][]) {
    const call = real[name] as (...args: unknown[]) => unknown;
    (fs as unknown as Record<string, unknown>)[name] = (...args: unknown[]) => {
      before(String(args[0]));
      return call(...args);
    };
  }
  syncBuiltinESMExports();
  try {
    return await work();
  } finally {
    for (const name of Object.keys(faults) as Functions[])
      (fs as unknown as Record<string, unknown>)[name] = real[name];
    syncBuiltinESMExports();
  }
}

/** Fails like the file system, for paths that contain a text. */
const failing = (code: string, part: string) => (path: string) => {
  if (path.includes(part)) throw Object.assign(new Error(`${code}: ${path}`), { code });
};

const resultOf = (reports: readonly Report[], name: string) => {
  const { verdict, problems, findings } = reports.find(({ project }) => project === name)!;
  return {
    verdict,
    problems: problems.map(({ message, remedy }) => `${message} ${remedy}`),
    codes: findings.map(({ code }) => code),
  };
};
const PASS = { verdict: 'pass', problems: [], codes: [] };

describe('a bad disk', () => {
  it.each([
    ['ENOSPC', 'writeFileSync'],
    ['EROFS', 'mkdirSync'],
    ['EACCES', 'writeFileSync'],
    ['EDQUOT', 'renameSync'],
  ] as const)('prints findings although %s keeps reports from being written', async (code, name) => {
    using workspace = writeWorkspace(
      new Map([...FILES, ['packages/lib/dist/a.js', 'export const b = 1;\n']]),
    );
    const { status, out, err } = await withFaults({ [name]: failing(code, '.verify-exports') }, () =>
      runCommand(workspace.root, ['check', '--write-reports']),
    );
    expect(status).not.toBe(0);
    expect(out).toContain('VE201 missing-export');
    expect(err).toContain(code);
    expect(err).toContain('.verify-exports');
    expect(existsSync(join(workspace.root, '.verify-exports/packages/lib/report.json'))).toBe(false);
  });

  it.each(['ENOSPC', 'EROFS'])(
    'gives the same reports if %s keeps the cache from being written',
    async (code) => {
      using workspace = writeWorkspace(FILES);
      const cacheFolder = join(workspace.root, '.cache');
      const reports = await withFaults(
        { writeFileSync: failing(code, '.cache'), mkdirSync: failing(code, '.cache') },
        () => {
          const run = openRun({ root: workspace.root, cacheFolder });
          const all = run.workspace.packages.map(({ project }) => verify({ run, project }));
          run.saveCache();
          return all;
        },
      );
      expect(reports).toEqual(checkAll(workspace.root));
    },
  );

  it.each(['EMFILE', 'ENFILE', 'EIO', 'EACCES'])(
    'reports a file that cannot be read (%s) as that, and not as a file without exports',
    async (code) => {
      using workspace = writeWorkspace(FILES);
      const reports = await withFaults({ readFileSync: failing(code, 'dist/a.js') }, () =>
        checkAll(workspace.root),
      );
      const { verdict, problems, codes } = resultOf(reports, '@acme/lib');
      expect([verdict, codes]).toEqual(['fail', []]);
      expect(problems.join()).toMatch(
        new RegExp(String.raw`^packages/lib/dist/a\.js cannot be read \(${code}\)\. `),
      );
      expect(problems.join()).toContain(
        code.endsWith('FILE') ? 'Run fewer tasks' : code === 'EIO' ? 'Check the disk' : 'permission',
      );
      expect(resultOf(reports, '@acme/other')).toEqual(PASS);
    },
  );

  it('reports a folder that cannot be listed, and does not miss its files', async () => {
    using workspace = writeWorkspace(FILES);
    const reports = await withFaults({ readdirSync: failing('EMFILE', 'lib/dist') }, () =>
      checkAll(workspace.root),
    );
    expect(resultOf(reports, '@acme/lib').codes).toEqual([]);
    expect(resultOf(reports, '@acme/app').codes).toEqual([]);
    expect(resultOf(reports, '@acme/other')).toEqual(PASS);
  });
});

describe('a workspace that changes during the check', () => {
  it.each([
    'packages/lib/dist/a.js',
    'packages/lib/dist/index.js',
    'packages/lib/package.json',
    'packages/lib',
  ])('ends in a report if %s vanishes', async (path) => {
    using workspace = writeWorkspace(FILES);
    let gone = false;
    const vanish = (read: string): void => {
      if (gone || !read.endsWith('main.mjs')) return;
      gone = true;
      rmSync(join(workspace.root, path), { recursive: true });
    };
    const reports = await withFaults({ readFileSync: vanish }, () => checkAll(workspace.root));
    expect(gone).toBe(true);
    expect(reports.map(({ project }) => project)).toEqual(['@acme/app', '@acme/lib', '@acme/other']);
    expect(resultOf(reports, '@acme/other')).toEqual(PASS);
    // Without its manifest, the package is one from outside that is not installed.
    const later = path.endsWith('.js') ? 'fail' : 'pass';
    expect(resultOf(checkAll(workspace.root), '@acme/app').verdict).toBe(later);
  });

  it('keeps no fact about a file that grows while it is read', async () => {
    using workspace = writeWorkspace(FILES);
    const cacheFolder = join(workspace.root, '.cache');
    const file = join(workspace.root, 'packages/lib/dist/a.js');
    const check = () => {
      const run = openRun({ root: workspace.root, cacheFolder });
      const reports = run.workspace.packages.map(({ project }) => verify({ run, project }));
      run.saveCache();
      return reports;
    };
    let grown = false;
    await withFaults(
      {
        readFileSync: (path) => {
          if (grown || !path.endsWith('a.js')) return;
          grown = true;
          writeFileSync(file, 'export const b = 1;\n');
        },
      },
      check,
    );
    writeFileSync(file, 'export const c = 1;\n');
    expect(check()).toEqual(checkAll(workspace.root));
    writeFileSync(file, 'export const a = 1;\n');
    expect(check()).toEqual(checkAll(workspace.root));
  });

  it.each([
    ['an hour back', -3_600_000],
    ['an hour forward', 3_600_000],
    ['to 1970', -Date.now()],
  ])('is read again after the clock jumped %s', (_, jump) => {
    using workspace = writeWorkspace(FILES);
    const cacheFolder = join(workspace.root, '.cache');
    const file = join(workspace.root, 'packages/lib/dist/a.js');
    const check = () => {
      const run = openRun({ root: workspace.root, cacheFolder });
      const reports = run.workspace.packages.map(({ project }) => verify({ run, project }));
      run.saveCache();
      return reports.map(({ verdict }) => verdict);
    };
    const clock = vi.spyOn(Date, 'now');
    try {
      const now = Date.now();
      for (const [time, text, verdicts] of [
        [0, 'export const a = 1;\n', ['pass', 'pass', 'pass']],
        [jump, 'export const b = 1;\n', ['fail', 'fail', 'pass']],
        [2 * jump, 'export const a = 2;\n', ['pass', 'pass', 'pass']],
        [0, 'export const c = 1;\n', ['fail', 'fail', 'pass']],
      ] as const) {
        clock.mockReturnValue(Math.max(0, now + time));
        writeFileSync(file, text);
        utimesSync(file, new Date(Math.max(0, now + time)), new Date(Math.max(0, now + time)));
        expect(check()).toEqual(verdicts);
        expect(check()).toEqual(verdicts);
      }
    } finally {
      clock.mockRestore();
    }
  });
});

describe('unusual names and contents', () => {
  const LONG = `${'a'.repeat(200)}/`.repeat(20);

  it('accepts a path of 4,000 characters that does not exist', () => {
    using workspace = writeWorkspace(
      new Map([
        ...FILES,
        [
          'packages/lib/package.json',
          JSON.stringify({
            name: '@acme/lib',
            type: 'module',
            exports: { '.': './dist/index.js', './long': `./${LONG}x.js` },
          }),
        ],
        ['packages/lib/dist/a.js', `export const a = 1;\nimport('./${LONG}y.js');\n`],
        [
          'packages/app/main.mjs',
          `import { a } from '@acme/lib';\nimport '@acme/lib/${LONG}';\nconsole.log(a);\n`,
        ],
      ]),
    );
    const reports = checkAll(workspace.root);
    expect(reports.flatMap(({ problems }) => problems)).toEqual([]);
    expect(resultOf(reports, '@acme/lib').codes).toContain('VE101');
    expect(resultOf(reports, '@acme/other')).toEqual(PASS);
  });

  it('reads a file at a long path', () => {
    const folder =
      `packages/lib/dist/${'d'.repeat(200)}/`.padEnd(200, 'x') + `${'e'.repeat(200)}/`.repeat(12);
    using workspace = writeWorkspace(
      new Map([
        ...FILES,
        [`${folder}deep.js`, 'export const a = 1;\n'],
        [
          'packages/lib/dist/index.js',
          `export * from './${folder.slice('packages/lib/dist/'.length)}deep.js';\n`,
        ],
      ]),
    );
    expect(checkAll(workspace.root).map(({ verdict }) => verdict)).toEqual(['pass', 'pass', 'pass']);
  });

  it.skipIf(process.platform === 'win32' || process.platform === 'darwin')(
    'ignores files whose names are not UTF-8',
    () => {
      using workspace = writeWorkspace(FILES);
      const folder = Buffer.from(`${join(workspace.root, 'packages/lib/dist')}/`);
      const name = (bytes: readonly number[]): Buffer => Buffer.concat([folder, Buffer.from(bytes)]);
      writeFileSync(name([0x61, 0xff, 0xfe, 0x2e, 0x6a, 0x73]), 'export const x = 1;\n');
      mkdirSync(name([0xc3, 0x28]));
      symlinkSync('a.js', name([0xe9, 0x2e, 0x6a, 0x73]));
      const reports = checkAll(workspace.root);
      expect(reports.map(({ verdict }) => verdict)).toEqual(['pass', 'pass', 'pass']);
      expect(reports.flatMap(({ problems, findings }) => [...problems, ...findings])).toEqual([]);
    },
  );

  it.each(['packages/lib/dist/a.js', 'packages/lib/package.json', 'packages/app/main.mjs', '.npmignore'])(
    'reads %s although it is not UTF-8',
    (path) => {
      using workspace = writeWorkspace(FILES);
      const file = join(workspace.root, path);
      const before = existsSync(file) ? readFileSync(file) : Buffer.from('x\n');
      const bytes = path.endsWith('.json')
        ? Buffer.from(before.toString().replace('{', '{ "description": "\u00E9",'), 'latin1')
        : Buffer.concat([
            before,
            Buffer.from(path === '.npmignore' ? '\u00E9\n' : '// \u00E9\u00FF\n', 'latin1'),
          ]);
      writeFileSync(file, bytes);
      expect(checkAll(workspace.root).map(({ verdict }) => verdict)).toEqual(['pass', 'pass', 'pass']);
    },
  );
});
