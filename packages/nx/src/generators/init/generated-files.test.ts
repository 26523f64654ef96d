import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parse } from 'jsonc-parser';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { parse as parseYaml } from 'yaml';
import { diskTree } from '../../../test/disk-tree';
import { loadEngine } from '../../engine';
import type { Finding, Report } from '../../engine';
import { couldNotCheck } from '../../executors/verify-exports/could-not-check';
import initGenerator from './generator';
import type { InitOptions } from './generator';
import { PROBLEM_MATCHERS } from './vscode-files';

let root: string;
beforeAll(() => (root = mkdtempSync(join(tmpdir(), 'verify-exports-init-'))));
afterAll(() => rmSync(root, { recursive: true, force: true }));

async function init(options: InitOptions, files: Readonly<Record<string, string>> = {}) {
  const { tree, pending } = diskTree(root);
  for (const [file, text] of Object.entries({ 'nx.json': '{}', ...files })) tree.write(file, text);
  const left = await initGenerator(tree, options);
  const once = new Map(pending);
  await initGenerator(tree, options);
  expect(pending, 'a second run changes nothing').toEqual(once);
  return { files: once, left };
}

const REGISTERED = '{ "plugins": ["@verify-exports/nx"] }';

const stepsOf = (text: string) =>
  (parseYaml(text) as { jobs: Record<string, { steps: { run?: string }[] }> }).jobs;

describe('init for a CI service', () => {
  it.each([
    ['package-lock.json', 'npm ci', 'npx'],
    ['pnpm-lock.yaml', 'pnpm install --frozen-lockfile', 'pnpm exec'],
    ['yarn.lock', 'yarn install --immutable', 'yarn'],
    ['bun.lock', 'bun install --frozen-lockfile', 'bunx'],
  ])('writes a workflow for GitHub with %s', async (lockFile, install, exec) => {
    const { files } = await init({ ci: 'github' }, { [lockFile]: '' });
    const steps = stepsOf(files.get('.github/workflows/verify-exports.yml')!)['verify-exports']!.steps;
    expect(steps.flatMap(({ run }) => run ?? [])).toEqual([
      install,
      `${exec} nx affected -t build`,
      `${exec} nx affected -t verify-exports --batch --format=github`,
    ]);
    expect(JSON.stringify(steps)).toContain('"path":".verify-exports","include-hidden-files":true');
  });

  it.each(['package-lock.json', 'pnpm-lock.yaml', 'yarn.lock', 'bun.lock'])(
    'writes a job for GitLab with %s, and a pipeline that includes it if there is none',
    async (lockFile) => {
      const { files, left } = await init({ ci: 'gitlab' }, { [lockFile]: '', 'nx.json': REGISTERED });
      expect(left).toBeUndefined();
      const [include] = (parseYaml(files.get('.gitlab-ci.yml')!) as { include: { local: string }[] }).include;
      const job = parseYaml(files.get(include!.local)!) as Record<
        string,
        { script: string[]; cache: { key: { files: string[] } } }
      >;
      expect(job['verify-exports']!.script.at(-1)).toMatch(/nx affected -t verify-exports --batch$/);
      expect(job['verify-exports']!.cache.key.files).toEqual([lockFile]);
    },
  );

  it('does not change a pipeline of GitLab, and explains how to include the job', async () => {
    const own = 'stages: [test]\n';
    const { files, left } = await init({ ci: 'gitlab' }, { '.gitlab-ci.yml': own, 'nx.json': REGISTERED });
    expect(files.get('.gitlab-ci.yml')).toBe(own);
    expect(left).toBeTypeOf('function');
  });

  it('does not change an existing workflow, and uses the names of the workspace', async () => {
    const own = 'name: mine\n';
    const file = '.github/workflows/verify-exports.yml';
    expect((await init({ ci: 'github' }, { [file]: own })).files.get(file)).toBe(own);
    const nxJson =
      '{ "defaultBase": "trunk", "plugins": [{ "plugin": "@verify-exports/nx", "options": { "targetName": "check", "buildTarget": "compile" } }] }';
    const text = (await init({ ci: 'github' }, { 'nx.json': nxJson })).files.get(file);
    expect(text).toMatch(/branches: \[trunk\][^]*nx affected -t compile[^]*nx affected -t check --batch/);
  });
});

describe('init for an editor', () => {
  it('adds tasks to those of VS Code and keeps comments', async () => {
    const own =
      '{\n  // ours\n  "version": "2.0.0",\n  "tasks": [\n    { "label": "serve" } // first\n  ],\n  "inputs": []\n}\n';
    const { files } = await init({ editor: 'vscode' }, { '.vscode/tasks.json': own });
    const text = files.get('.vscode/tasks.json')!;
    expect(text).toContain('// ours');
    expect(text).toContain('// first');
    const { tasks } = parse(text) as { tasks: { label: string; command: string; problemMatcher: unknown }[] };
    expect(tasks.map(({ label }) => label)).toEqual(['serve', 'verify-exports', 'verify-exports (watch)']);
    expect(tasks[1]!.problemMatcher).toEqual(PROBLEM_MATCHERS);
  });

  it('writes a new file if VS Code has no tasks', async () => {
    const { files } = await init({ editor: 'vscode' });
    expect(parse(files.get('.vscode/tasks.json')!)).toMatchObject({ version: '2.0.0', tasks: [{}, {}] });
  });

  it('writes a run configuration for JetBrains', async () => {
    const { files } = await init({ editor: 'jetbrains', targetName: 'check' });
    expect(files.get('.run/check.run.xml')).toContain(
      'value="npx nx run-many -t check --outputStyle=static"',
    );
  });

  it('writes nothing for an editor or a CI service by default', async () => {
    expect([...(await init({})).files.keys()].sort()).toEqual(['.gitignore', 'nx.json']);
  });
});

interface Problem {
  readonly file: string;
  readonly line?: number;
  readonly column?: number;
  readonly severity: string;
  readonly code?: string;
  readonly message: string;
}

type Pattern = { readonly regexp: string } & Readonly<Record<string, string | number>>;

/**
 * The problems that VS Code finds in a text: each matcher tries each line, and a longer pattern
 * also the lines after it.
 */
function problemsIn(text: string): readonly Problem[] {
  const lines = text.split('\n');
  return PROBLEM_MATCHERS.flatMap((matcher) =>
    lines.flatMap((_, at) => {
      const patterns = [matcher.pattern].flat() as Pattern[];
      const found: Record<string, string> = {};
      for (const [index, pattern] of patterns.entries()) {
        const match = new RegExp(pattern.regexp).exec(lines[at + index] ?? '');
        if (!match) return [];
        for (const [key, group] of Object.entries(pattern))
          if (typeof group === 'number') found[key] = match[group]!;
      }
      const { file, line, column, message, code } = found;
      return {
        file: file!,
        ...(line && { line: Number(line), column: Number(column) }),
        severity: found['severity'] ?? ('severity' in matcher ? matcher.severity : 'error'),
        ...(code && { code }),
        message: message!,
      } as Problem;
    }),
  );
}

describe('the problem matchers', () => {
  const finding = (severity: Finding['severity'], file: string): Finding => ({
    code: 'VE201',
    rule: 'missing-export',
    severity,
    message: `"a" is imported from "@acme/lib", but its built entry point does not export it.`,
    file,
    line: 27,
    column: 10,
    evidence: [
      {
        role: 'entry',
        text: '"." [import] → dist/index.js',
        file: 'packages/lib/package.json',
        line: 9,
        column: 7,
      },
      { role: 'declared', text: '', file: 'packages/lib/src/a.ts', line: 432, column: 17 },
    ],
    fix: { title: `add \`export { a } from './a.js'\` to packages/lib/src/index.ts`, edits: [] },
    affected: {
      count: 2,
      places: [
        { project: 'app', file, line: 27, column: 10 },
        { project: 'app', file: 'packages/app/other.ts', line: 1, column: 2 },
      ],
      projects: ['app'],
    },
    fingerprint: `${severity}${file}`,
  });

  it('find one problem for each finding of the real output, and none in its evidence', async () => {
    const engine = await loadEngine();
    const files = ['packages/app/main.ts', 'apps/my app (new)/a:b.ts', 'C:\\work\\app\\main.ts'];
    const severities = ['error', 'warning', 'info'] as const;
    const report = {
      project: 'app',
      verdict: 'fail',
      notes: ['A note.'],
      findings: files.map((file, index) => finding(severities[index]!, file)),
      problems: [
        {
          kind: 'missing-build',
          message: '"lib" is not built.',
          remedy: 'Build it.',
          file: 'packages/lib/package.json',
        },
        {
          kind: 'invalid-manifest',
          message: 'It is broken.',
          remedy: 'Fix it.',
          file: 'a.json',
          line: 3,
          column: 7,
        },
      ],
      ignored: [{ code: 'VE202', fingerprint: 'x', reason: 'legacy' }],
      inventory: {
        entryPoints: [
          {
            subpath: '.',
            variants: [{ conditions: ['import'], file: 'packages/app/dist/index.js', exports: ['a'] }],
          },
        ],
      },
      coverage: { modules: 1, demands: { met: 1, unmet: 3, unknown: 1 }, unknownBy: { VE901: 1 } },
    } as unknown as Report;
    const expected = [
      ...files.map((file, index) => ({
        file,
        line: 27,
        column: 10,
        severity: severities[index],
        code: 'VE201',
        message: finding('error', file).message,
      })),
      { file: 'a.json', line: 3, column: 7, severity: 'error', message: 'It is broken.' },
      { file: 'packages/lib/package.json', severity: 'error', message: '"lib" is not built.' },
    ];
    const text = engine.renderText(report, { verbose: true });
    expect(problemsIn(text)).toEqual(expected);
    // Nx indents the output of tasks in some of its styles.
    expect(problemsIn(text.replaceAll(/^(?=.)/gm, '      '))).toEqual(expected);
  });

  it('find a project that could not be checked, and nothing in the output of Nx', async () => {
    const { VerifyError } = await loadEngine();
    const error = new VerifyError({ kind: 'invalid-option', message: 'It is wrong.', remedy: 'Fix it.' });
    const text = `\n> nx run a:verify-exports\n\n${couldNotCheck('a', error, 'nx.json')}\n\n NX   Running target verify-exports for project a failed\n\nFailed tasks:\n\n- a:verify-exports\n`;
    expect(problemsIn(text)).toEqual([{ file: 'nx.json', severity: 'error', message: 'It is wrong.' }]);
  });
});
