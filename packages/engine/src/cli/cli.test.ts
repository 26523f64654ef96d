import { execFileSync } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { stripVTControlCharacters } from 'node:util';
import { describe, expect, it } from 'vitest';
import { MONITORING } from '../../test/monitoring-workspace.js';
import { runCommand } from '../../test/run-command.js';
import { parseTextFiles, writeWorkspace } from '../../test/text-workspace.js';
import type { TextFiles } from '../../test/text-workspace.js';

const changed = (text: string): TextFiles => new Map([...MONITORING, ...parseTextFiles(text)]);
const HEALTHY = changed(`-- packages/monitoring/dist/index.js --
export { formatError } from './format-error.js';
export const setRequestContext = (id) => id;
-- packages/monitoring/dist/index.d.ts --
export declare const formatError: (error: Error) => string;
export declare const setRequestContext: (id: string) => string;
-- packages/monitoring/dist/testing.d.ts --
export declare const formatError: (error: Error) => string;
export declare const fake: number;
`);
const SUMMARY = /^✖ 3 projects: 1 error; \d+ imports checked: \d+ ok, \d+ broken$/m;

describe('verify-exports check', () => {
  it('prints each breakage once and one summary line, and exits with 1', async () => {
    using workspace = writeWorkspace(MONITORING);
    const { status, out, err } = await runCommand(workspace.root, []);
    expect(status).toBe(1);
    expect(err).toBe('');
    expect(out.match(/VE201 missing-export/g)).toHaveLength(1);
    expect(out).toContain('"setRequestContext" is imported from "@acme/monitoring"');
    expect(out).toMatch(SUMMARY);
    expect(out).not.toContain(workspace.root);
  });

  it('exits with 0 for a healthy workspace', async () => {
    using workspace = writeWorkspace(HEALTHY);
    const { status, out } = await runCommand(workspace.root, ['check']);
    expect([status, out]).toEqual([
      0,
      expect.stringMatching(/^✔ 3 projects: \d+ imports checked: \d+ ok\n$/),
    ]);
  });

  it('finds the workspace from a folder inside, and checks the packages that arguments name', async () => {
    using workspace = writeWorkspace(MONITORING);
    const gateway = join(workspace.root, 'packages/gateway');
    for (const args of [
      ['check', '.'],
      ['check', '@acme/gateway'],
      ['check', '--filter', '*/gateway'],
    ]) {
      const { out, status } = await runCommand(gateway, args);
      expect([status, out]).toEqual([1, expect.stringContaining('✖ 1 project: 1 error;')]);
    }
    const all = await runCommand(workspace.root, ['check', 'packages']);
    expect(all.out).toMatch(SUMMARY);
    const others = await runCommand(workspace.root, ['check', '--filter', '!@acme/{gateway,monitoring}']);
    expect(others.out).toContain('✔ 1 project');
  });

  it('lists packages that are not built in one block', async () => {
    const manifest = (name: string) =>
      `-- packages/${name}/package.json --\n{ "name": "@acme/${name}", "main": "dist/index.js", "scripts": { "build": "tsc" } }\n-- packages/${name}/src/index.ts --\nexport {};\n`;
    using workspace = writeWorkspace(parseTextFiles(['a', 'b', 'c'].map(manifest).join('')));
    const { status, out } = await runCommand(workspace.root, []);
    expect(status).toBe(2);
    expect(out).toContain('not built: packages/a, packages/b, packages/c\n    remedy   Build the workspace');
    expect(out.match(/could not check/g)).toBeNull();
  });

  it('checks what changed since a commit, and what depends on it', async () => {
    using workspace = writeWorkspace(HEALTHY);
    const git = (...args: readonly string[]) =>
      execFileSync('git', ['-c', 'user.name=a', '-c', 'user.email=a@b', ...args], { cwd: workspace.root });
    git('init', '-q');
    writeFileSync(join(workspace.root, '.gitignore'), 'node_modules\n');
    git('add', '-A');
    git('commit', '-qm', 'one');
    const since = async () => (await runCommand(workspace.root, ['check', '--since', 'HEAD'])).out;
    expect(await since()).toContain('✔ no projects');
    writeFileSync(join(workspace.root, 'packages/worker/src/new.ts'), 'export {};\n');
    expect(await since()).toContain('✔ 1 project:');
    writeFileSync(join(workspace.root, 'packages/monitoring/src/new.ts'), 'export {};\n');
    expect(await since()).toContain('✔ 3 projects:');
    const wrong = await runCommand(workspace.root, ['check', '--since', 'nowhere']);
    expect([wrong.status, wrong.err]).toEqual([
      2,
      expect.stringMatching(/git cannot compare the workspace with "nowhere".*\n {4}remedy {3}Use a commit/),
    ]);
  });

  it('writes several formats, each to its own file', async () => {
    using workspace = writeWorkspace(MONITORING);
    const args = ['--format', 'sarif=out/a.sarif', '--format', 'junit=out/b.xml', '--format', 'markdown'];
    const { out } = await runCommand(workspace.root, ['check', ...args]);
    expect(out).toMatch(/^### verify-exports\n/);
    expect(readFileSync(join(workspace.root, 'out/a.sarif'), 'utf8')).toContain('"version": "2.1.0"');
    expect(readFileSync(join(workspace.root, 'out/b.xml'), 'utf8')).toContain('<testsuites');
    const json = await runCommand(workspace.root, ['check', '--json', '--output', 'c.json']);
    expect(json.out).toBe('');
    expect(JSON.parse(readFileSync(join(workspace.root, 'c.json'), 'utf8'))).toMatchObject({
      verdict: 'fail',
    });
  });

  it('adds a summary to a job of GitHub Actions', async () => {
    using workspace = writeWorkspace(MONITORING);
    const summary = join(workspace.root, 'summary.md');
    const env = { GITHUB_STEP_SUMMARY: summary };
    const { out } = await runCommand(workspace.root, ['check', '--format', 'github'], { env });
    expect(out).toContain('\n::error file=packages/gateway/src/middleware.ts,line=1');
    expect(readFileSync(summary, 'utf8')).toContain('#### ❌ `setRequestContext` is imported from');
  });

  it('frames the specifier on a wide terminal, and not on a narrow one or without one', async () => {
    using workspace = writeWorkspace(MONITORING);
    const frame =
      "    1 | import { formatError, setRequestContext } from '@acme/monitoring';\n      |                       ^^^^^^^^^^^^^^^^^\n";
    const wide = await runCommand(workspace.root, ['check'], { columns: 120 });
    expect(stripVTControlCharacters(wide.out)).toContain(frame);
    expect(wide.out).not.toBe(stripVTControlCharacters(wide.out));
    const narrow = await runCommand(workspace.root, ['check'], { columns: 40 });
    expect(narrow.out).not.toContain('^^^^');
    const plain = await runCommand(workspace.root, ['check'], { columns: 120, env: { NO_COLOR: '1' } });
    expect(plain.out).toBe(stripVTControlCharacters(plain.out));
    expect((await runCommand(workspace.root, ['check'])).out).not.toContain('^^^^');
  });

  it('reads no file outside of the workspace for a frame', async () => {
    using outside = writeWorkspace(parseTextFiles('-- secret.ts --\nimport "@acme/monitoring/secret";\n'));
    using workspace = writeWorkspace(MONITORING);
    const source = join(workspace.root, 'packages/gateway/src/middleware.ts');
    rmSync(source);
    symlinkSync(join(outside.root, 'secret.ts'), source);
    const { out } = await runCommand(workspace.root, ['check'], { columns: 120 });
    expect(out).not.toContain('import "@acme/monitoring/secret"');
  });

  it('takes options from verify-exports.json, for all packages and for one', async () => {
    const options = {
      rules: { VE201: 'warning' },
      packages: { '@acme/gateway': { rules: { VE201: 'off' } } },
    };
    using workspace = writeWorkspace(changed(`-- verify-exports.json --\n${JSON.stringify(options)}\n`));
    const { status, out } = await runCommand(workspace.root, ['check']);
    expect([status, out]).toEqual([0, expect.stringContaining('✔ 3 projects: 1 warning;')]);
    const one = await runCommand(workspace.root, ['check', '@acme/gateway']);
    expect(one.out).toContain('✔ 1 project: 2 imports checked');
  });

  it.each([
    ['{ "strikt": true }', 'verify-exports.json - could not check: verify-exports.json has a wrong option.'],
    ['{ "packages": { "a": { "strict": 1 } } }', '"packages.a.strict" is 1.'],
    ['{', 'verify-exports.json is not valid JSON'],
  ])('names the options file if it is wrong: %s', async (text, message) => {
    using workspace = writeWorkspace(changed(`-- verify-exports.json --\n${text}\n`));
    const { status, err } = await runCommand(workspace.root, ['check']);
    expect([status, err]).toEqual([2, expect.stringContaining(message)]);
  });

  it.each([
    [['check', 'nope'], 'There is no package "nope" in the workspace.'],
    [['check', '--format', 'xml'], '"xml" is not a format.'],
    [['check', '--format', 'sarif='], '"sarif=" names no file.'],
    [['check', '--format', 'sarif', '--format', 'text'], 'Two formats have no file: sarif and text.'],
    [['check', '--format', 'sarif=a', '--output', 'b'], '--output has no format to write.'],
    [['check', '--output', 'package.json/x'], 'package.json/x cannot be written'],
    [['check', '--filtr', 'x'], "unknown option '--filtr'"],
    [['explain'], "missing required argument 'subject'"],
    [['explain', '@acme/none'], 'There is no package "@acme/none" in the workspace.'],
    [['fix', '--rule', 'VE999'], '"VE999" is not a rule.'],
    [['report'], 'There is no report in .verify-exports.'],
  ])('exits with 2 and one clear error for %j', async (args, message) => {
    using workspace = writeWorkspace(MONITORING);
    const { status, out, err } = await runCommand(workspace.root, args);
    expect([status, out, err]).toEqual([2, '', expect.stringContaining(message)]);
    expect(err).not.toContain('    at ');
  });

  it('says so if there is no workspace', async () => {
    const { status, err } = await runCommand('/', ['check']);
    expect([status, err]).toEqual([2, expect.stringContaining('There is no package.json in this folder')]);
  });
});

describe('verify-exports report', () => {
  it('merges the reports of tasks, each breakage once', async () => {
    using workspace = writeWorkspace(MONITORING);
    const checked = await runCommand(workspace.root, ['check', '--write-reports']);
    const { status, out } = await runCommand(workspace.root, ['report']);
    expect([status, out]).toEqual([1, checked.out]);
    rmSync(join(workspace.root, 'packages/worker'), { recursive: true });
    expect((await runCommand(workspace.root, ['report'])).out).toContain('✖ 2 projects');
  });

  it.each([
    ['{', 'is not a report of this version'],
    ['{ "schemaVersion": 2 }', 'its schema version is 2'],
    ['{ "schemaVersion": 1 }', 'it is not complete'],
    ['{ "schemaVersion": 1, "project": "a", "findings": [{}] }', 'it is not complete'],
  ])('names a report that cannot be read: %s', async (text, message) => {
    using workspace = writeWorkspace(MONITORING);
    mkdirSync(join(workspace.root, '.verify-exports/packages/gateway'), { recursive: true });
    writeFileSync(join(workspace.root, '.verify-exports/packages/gateway/report.json'), text);
    const { status, err } = await runCommand(workspace.root, ['report']);
    expect([status, err]).toEqual([2, expect.stringContaining(message)]);
    expect(err).toContain('.verify-exports/packages/gateway/report.json');
  });
});

describe('verify-exports explain', () => {
  it('explains why an entry point resolves to a file, and who imports it', async () => {
    using workspace = writeWorkspace(MONITORING);
    const { status, out } = await runCommand(workspace.root, ['explain', '@acme/monitoring']);
    expect(status).toBe(0);
    expect(out).toBe(`@acme/monitoring   packages/monitoring

import, require → packages/monitoring/dist/index.js
  · "." [types] → ./dist/index.d.ts   the condition "types" is not set   packages/monitoring/package.json:6:21
  ✔ "." [node] → ./dist/index.js   taken   packages/monitoring/package.json:6:50
  exports  formatError

types → packages/monitoring/dist/index.d.ts
  ✔ "." [types] → ./dist/index.d.ts   taken   packages/monitoring/package.json:6:21
  · "." [node] → ./dist/index.js   not reached   packages/monitoring/package.json:6:50
  exports  formatError

entry points: ., ./testing

imported by 1 file in 1 project
  packages/gateway/src/middleware.ts:1:10
`);
  });

  it('shows the files through which a name comes', async () => {
    using workspace = writeWorkspace(MONITORING);
    const { out } = await runCommand(workspace.root, ['explain', '@acme/monitoring/testing', 'formatError']);
    expect(out).toContain(`import, require → packages/monitoring/dist/testing.js
  packages/monitoring/dist/testing.js:1:1   export * from './format-error.js'
  packages/monitoring/dist/format-error.js:1:14   declares formatError
`);
    const main = await runCommand(workspace.root, ['explain', '@acme/monitoring', 'formatError']);
    expect(main.out).toContain(`sources
  packages/monitoring/src/index.ts:1:10   export { formatError } from './format-error.js'
  packages/monitoring/src/format-error.ts:1:14   declares formatError
`);
  });

  it('shows where a lost name is declared', async () => {
    using workspace = writeWorkspace(MONITORING);
    const { out } = await runCommand(workspace.root, ['explain', '@acme/monitoring', 'setRequestContext']);
    expect(out).toContain(
      'declared  packages/monitoring/src/request-context.ts:1:14, but the source of the entry point does not export it',
    );
    expect(out).toContain('imported by 1 file in 1 project\n  packages/gateway/src/middleware.ts:1:23');
  });

  it('prints the facts as JSON, and the page of a rule', async () => {
    using workspace = writeWorkspace(MONITORING);
    const { out } = await runCommand(workspace.root, ['explain', '@acme/monitoring/none', '--json']);
    const facts = JSON.parse(out) as { readonly variants: readonly { readonly failure?: string }[] };
    expect(facts.variants.map(({ failure }) => failure)).toEqual(
      ['import', 'require', 'types'].map(() => '"exports" has no key for it'),
    );
    expect((await runCommand(workspace.root, ['explain', 'VE201'])).out).toMatch(/^# VE201 missing-export\n/);
    expect((await runCommand('/', ['explain', 'missing-export'])).out).toMatch(/^# VE201/);
  });
});

describe('verify-exports fix', () => {
  it('prints the changes and writes them', async () => {
    using workspace = writeWorkspace(MONITORING);
    const barrel = join(workspace.root, 'packages/monitoring/src/index.ts');
    const before = readFileSync(barrel, 'utf8');
    const dry = await runCommand(workspace.root, ['fix', '--dry-run']);
    expect(dry.out).toContain("+export { setRequestContext } from './request-context.js';");
    expect(dry.out).toContain('1 finding would be fixed. Nothing was written.');
    expect(readFileSync(barrel, 'utf8')).toBe(before);
    const { status, out } = await runCommand(workspace.root, ['fix']);
    expect([status, out]).toEqual([0, expect.stringContaining('Fixed 1 finding in 1 file.')]);
    expect(readFileSync(barrel, 'utf8')).toContain('setRequestContext');
    const none = await runCommand(workspace.root, ['fix', '--rule', 'VE101']);
    expect(none.out).toBe('There is nothing to fix.\n');
  });
});

describe('verify-exports baseline', () => {
  it('accepts the current findings, and only new ones fail', async () => {
    using workspace = writeWorkspace(MONITORING);
    const { status, out } = await runCommand(workspace.root, ['baseline', '--reason', 'Fixed next week.']);
    expect(status).toBe(0);
    expect(out).toContain('Wrote packages/gateway/verify-exports.baseline.json: 1 added');
    const checked = await runCommand(workspace.root, ['check']);
    expect([checked.status, checked.out]).toEqual([0, expect.stringContaining('1 in the baselines')]);
    writeFileSync(
      join(workspace.root, 'packages/monitoring/dist/index.js'),
      `export { formatError } from './format-error.js';\nexport const setRequestContext = (id) => id;\n`,
    );
    writeFileSync(
      join(workspace.root, 'packages/monitoring/dist/index.d.ts'),
      `export declare const formatError: 1;\nexport declare const setRequestContext: 1;\n`,
    );
    await runCommand(workspace.root, ['baseline', '--prune']);
    expect(existsSync(join(workspace.root, 'packages/gateway/verify-exports.baseline.json'))).toBe(false);
  });
});

describe('the help', () => {
  it('lists the commands with examples and the exit status', async () => {
    const { status, out } = await runCommand('/', ['--help'], { columns: 100 });
    expect(status).toBe(0);
    for (const text of [
      'check [options]',
      'explain',
      'report',
      'fix',
      'baseline',
      'Examples:',
      'Exit status',
    ])
      expect(out).toContain(text);
    const check = await runCommand('/', ['check', '--help'], { columns: 100 });
    for (const text of ['--since <ref>', 'sarif', 'junit', 'gitlab', 'markdown'])
      expect(check.out).toContain(text);
  });

  it('prints the version', async () => {
    const { version } = JSON.parse(readFileSync(join(import.meta.dirname, '../../package.json'), 'utf8')) as {
      readonly version: string;
    };
    expect((await runCommand('/', ['--version'])).out).toBe(`${version}\n`);
  });
});

describe('verify-exports surface and changes', () => {
  const PUBLISHED = new Map([
    ...HEALTHY,
    ...parseTextFiles(`-- packages/monitoring/exports.surface.txt --
version 1.2.0

entry . [import require types]
  formatError function
  setRequestContext function

entry ./testing [import require types]
  fake const
  formatError function
`),
  ]);
  const barrel = 'packages/monitoring/dist/index.js';

  it('writes the surface of published packages, and says if a file is out of date', async () => {
    using workspace = writeWorkspace(HEALTHY);
    const file = join(workspace.root, 'packages/monitoring/exports.surface.txt');
    const stale = await runCommand(workspace.root, ['surface', '--check']);
    expect([stale.status, stale.out]).toEqual([
      1,
      'packages/monitoring/exports.surface.txt is out of date.\n',
    ]);
    expect(existsSync(file)).toBe(false);
    const { status, out } = await runCommand(workspace.root, ['surface']);
    expect([status, out]).toEqual([
      0,
      'Wrote packages/monitoring/exports.surface.txt.\nReview the files, and commit them.\n',
    ]);
    expect(readFileSync(file, 'utf8')).toContain(PUBLISHED.get('packages/monitoring/exports.surface.txt')!);
    expect((await runCommand(workspace.root, ['surface'])).out).toBe('Every surface file is up to date.\n');
  });

  it('compares with the committed file, and with a git ref', async () => {
    using workspace = writeWorkspace(PUBLISHED);
    const git = (...args: readonly string[]) =>
      execFileSync('git', ['-c', 'user.name=a', '-c', 'user.email=a@b', ...args], { cwd: workspace.root });
    git('init', '-q');
    writeFileSync(join(workspace.root, '.gitignore'), 'node_modules\n');
    git('add', '-A');
    git('commit', '-qm', 'one');
    git('tag', 'v1.2.0');
    const healthy = await runCommand(workspace.root, ['changes', '--against', 'v1.2.0']);
    expect([healthy.status, healthy.out]).toEqual([
      0,
      '✔ @acme/monitoring 1.2.0 → 1.2.0: no breaking change\n\n✔ 1 package: no change breaks more than the planned versions allow\n',
    ]);
    for (const file of [barrel, barrel.replace('.js', '.d.ts')])
      writeFileSync(join(workspace.root, file), 'export declare const setRequestContext: () => void;\n');
    writeFileSync(join(workspace.root, barrel), 'export const setRequestContext = () => {};\n');
    for (const against of ['surface', 'v1.2.0']) {
      const { status, out } = await runCommand(workspace.root, ['changes', '--against', against]);
      expect([status, out]).toEqual([
        1,
        `✖ @acme/monitoring 1.2.0 → 1.2.0: 1 breaking change
  - . formatError (function)
  This needs version 2.0.0.

✖ 1 package of 1 would break consumers without a version that says so
`,
      ]);
    }
    mkdirSync(join(workspace.root, '.changeset'));
    writeFileSync(join(workspace.root, '.changeset/a.md'), '---\n"@acme/monitoring": major\n---\n\nx\n');
    const planned = await runCommand(workspace.root, ['changes']);
    expect([planned.status, planned.out]).toEqual([
      0,
      expect.stringContaining('The planned version allows it.'),
    ]);
  });

  it('builds a git ref without surface files if it may', async () => {
    using workspace = writeWorkspace(HEALTHY);
    const git = (...args: readonly string[]) =>
      execFileSync('git', ['-c', 'user.name=a', '-c', 'user.email=a@b', ...args], {
        cwd: workspace.root,
        encoding: 'utf8',
      });
    git('init', '-q');
    writeFileSync(join(workspace.root, '.gitignore'), 'node_modules\ndist\n');
    git('add', '-A');
    git('commit', '-qm', 'one');
    const without = await runCommand(workspace.root, ['changes', '--against', 'HEAD']);
    expect([without.status, without.err]).toEqual([2, expect.stringContaining('Add --build "<command>"')]);
    const build = `mkdir -p packages/monitoring/dist && echo "export const was = 1;" > ${barrel}`;
    const { status, out } = await runCommand(workspace.root, [
      'changes',
      '--against',
      'HEAD',
      '--build',
      build,
    ]);
    expect([status, out]).toEqual([1, expect.stringContaining('  - . was (const)')]);
    expect(git('worktree', 'list').trim().split('\n')).toHaveLength(1);
    const failing = await runCommand(workspace.root, ['changes', '--against', 'HEAD', '--build', 'exit 3']);
    expect([failing.status, failing.err]).toEqual([2, expect.stringContaining('"exit 3" fails at')]);
  });

  it('says so if a ref does not exist', async () => {
    using workspace = writeWorkspace(HEALTHY);
    const { status, err } = await runCommand(workspace.root, ['changes', '--against', '--nowhere']);
    expect([status, err]).toEqual([2, expect.stringContaining('git knows no commit "--nowhere".')]);
  });
});

describe('verify-exports affected-by', () => {
  it('lists direct importers, those behind them, bundles and images', async () => {
    using workspace = writeWorkspace(
      changed(`-- packages/gateway/src/index.ts --
export * from './middleware.js';
-- packages/gateway/package.json --
{ "name": "@acme/gateway", "private": true, "type": "module", "main": "src/index.ts", "dependencies": { "@acme/monitoring": "*" } }
-- packages/shop/package.json --
{ "name": "@acme/shop", "private": true, "dependencies": { "@acme/gateway": "*" } }
-- packages/shop/Dockerfile --
FROM node:22
COPY . .
-- packages/shop/src/main.ts --
import '@acme/gateway';
`),
    );
    const { status, out } = await runCommand(workspace.root, ['affected-by', '@acme/monitoring#formatError']);
    expect([status, out]).toEqual([
      0,
      `@acme/gateway
  packages/gateway/src/middleware.ts:1:10

@acme/shop   through @acme/gateway
  image    packages/shop/Dockerfile

A change of "formatError" of @acme/monitoring can break: 1 importing file, 2 projects, 1 image.
`,
    ]);
    const all = await runCommand(workspace.root, ['affected-by', 'packages/monitoring', '--json']);
    expect(JSON.parse(all.out)).toMatchObject({ totals: { files: 2, projects: 3, images: 1 } });
    const none = await runCommand(workspace.root, ['affected-by', '@acme/monitoring#nothing']);
    expect(none.out).toBe('No other project of the workspace imports "nothing" of @acme/monitoring.\n');
  });
});

describe('verify-exports inventory', () => {
  it('lists every name with kind, availability, importers and declaration', async () => {
    using workspace = writeWorkspace(MONITORING);
    const { status, out } = await runCommand(workspace.root, ['inventory', '@acme/monitoring']);
    expect([status, out]).toEqual([
      1,
      `@acme/monitoring 1.2.0   packages/monitoring

@acme/monitoring   packages/monitoring/dist/index.js, packages/monitoring/dist/index.d.ts
  name               kind      available  imported by  declared at
  formatError        function  yes        1 file       packages/monitoring/src/format-error.ts:1:14
  setRequestContext  –         MISSING    1 file       packages/monitoring/src/request-context.ts:1:14

@acme/monitoring/testing   packages/monitoring/dist/testing.js
  name         kind      available  imported by  declared at
  fake         const     yes        1 file       –
  formatError  function  yes        0 files      packages/monitoring/src/format-error.ts:1:14

4 modules, 3 exports, 1 missing or failing
`,
    ]);
  });

  it('says what fails when it is loaded', async () => {
    using workspace = writeWorkspace(
      changed(`-- packages/monitoring/dist/testing.js --
export const fake = undefined.x;
`),
    );
    const { out } = await runCommand(workspace.root, ['inventory', '@acme/monitoring', '--load', '--json']);
    const [list] = JSON.parse(out) as [
      { readonly entries: readonly { readonly components: readonly object[] }[] },
    ];
    expect(list.entries[1]!.components).toEqual([
      { name: 'fake', kind: 'const', available: 'fails', importedBy: 1 },
    ]);
  });
});
