// Oracle: Node. For every reason why an entry point does not resolve: Node fails with the code on
// the
// rule's page, our finding gives the reason, and Node resolves after the fix or the advice is
// applied.
import { execFileSync } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { checkAll } from '../../test/check-workspace.js';
import { writeWorkspace } from '../../test/text-workspace.js';
import type { Edit, Finding } from '../model/report.js';
import { mergeFindings } from '../report/merge-reports.js';

interface Row {
  readonly exports: unknown;
  readonly files?: readonly string[];
  readonly subpath?: string;
  readonly node: string;
  readonly rule: string;
  /** The text of the message and the evidence. */
  readonly says: readonly string[];
  /** Whether the fix has edits that solve the problem. */
  readonly fixes: boolean;
}

const NOT_EXPORTED = 'ERR_PACKAGE_PATH_NOT_EXPORTED';
const NOT_FOUND = 'ERR_MODULE_NOT_FOUND';
const INVALID = 'ERR_INVALID_PACKAGE_TARGET';

const rows: Readonly<Record<string, Row>> = {
  'a subpath that is not listed': {
    exports: { '.': './dist/index.js' },
    files: ['dist/testing.js'],
    subpath: '/testing',
    node: NOT_EXPORTED,
    rule: 'VE205',
    says: ['do not list "./testing"', '4:3'],
    fixes: true,
  },
  'a deep import of an entry file': {
    exports: { '.': './dist/index.js' },
    subpath: '/dist/index.js',
    node: NOT_EXPORTED,
    rule: 'VE205',
    says: ['"@acme/lib" resolves to packages/lib/dist/index.js'],
    fixes: true,
  },
  'a folder too many': {
    exports: { './forms': { default: './dist/forms/main.js' } },
    files: ['dist/forms/main.js'],
    subpath: '/lib/forms.js',
    node: NOT_EXPORTED,
    rule: 'VE205',
    says: ['did you mean ./forms?'],
    fixes: true,
  },
  'blocked by null': {
    exports: { './*': './dist/*.js', './index': null },
    subpath: '/index',
    node: NOT_EXPORTED,
    rule: 'VE205',
    says: ['map "./index" to null', '6:16'],
    fixes: false,
  },
  'null under a condition before the right one': {
    exports: { '.': { node: null, default: './dist/index.js' } },
    node: NOT_EXPORTED,
    rule: 'VE205',
    says: ['"." [default] → dist/index.js exists, but "node" comes first', '6:15', '7:18'],
    fixes: false,
  },
  'no condition': {
    exports: { '.': { require: './dist/index.js', browser: './dist/index.js' } },
    node: NOT_EXPORTED,
    rule: 'VE206',
    says: ['with the conditions [node, import, module-sync, node-addons]', '[require], [browser]'],
    fixes: false,
  },
  'a misspelt condition': {
    exports: { '.': { defualt: './dist/index.js' } },
    node: NOT_EXPORTED,
    rule: 'VE206',
    says: ['did you mean "default" instead of "defualt"?'],
    fixes: false,
  },
  'a file that is not there': {
    exports: { '.': './dist/main.js' },
    node: NOT_FOUND,
    rule: 'VE101',
    says: ['contains no packages/lib/dist/main.js', '5:10'],
    fixes: false,
  },
  'output below src': {
    exports: { '.': './dist/main.js' },
    files: ['dist/src/main.js'],
    node: NOT_FOUND,
    rule: 'VE101',
    says: ['wrote packages/lib/dist/src/main.js instead of packages/lib/dist/main.js'],
    fixes: true,
  },
  'output below the path from the root': {
    exports: './dist/main.js',
    files: ['dist/packages/lib/src/main.js', 'dist/packages/other/src/main.js', 'src/main.ts'],
    node: NOT_FOUND,
    rule: 'VE101',
    says: ['wrote packages/lib/dist/packages/lib/src/main.js', '"rootDir" to packages/lib/src'],
    fixes: true,
  },
  'another extension': {
    exports: { '.': { import: './dist/main.js' } },
    files: ['dist/main.mjs'],
    node: NOT_FOUND,
    rule: 'VE101',
    says: ['wrote packages/lib/dist/main.mjs instead'],
    fixes: true,
  },
  'a folder': {
    exports: { '.': './dist' },
    node: 'ERR_UNSUPPORTED_DIR_IMPORT',
    rule: 'VE101',
    says: ['packages/lib/dist is a folder, and Node does not look for an index file in it'],
    fixes: false,
  },
  'a wildcard without that file': {
    exports: { './*': './dist/*.js' },
    files: ['dist/button.js'],
    subpath: '/button.js',
    node: NOT_FOUND,
    rule: 'VE101',
    says: ['"./*" resolves to packages/lib/dist/button.js.js', 'matches ./button', 'did you mean ./button?'],
    fixes: true,
  },
  'an earlier condition': {
    exports: { '.': { import: './dist/esm.js', default: './dist/index.js' } },
    node: NOT_FOUND,
    rule: 'VE101',
    says: ['"import" comes first', '6:17', '7:18'],
    fixes: false,
  },
  'a target without ./': {
    exports: { '.': 'dist/index.js' },
    node: INVALID,
    rule: 'VE105',
    says: ['does not begin with "./"', '5:10'],
    fixes: true,
  },
  'a target that leaves the package': {
    exports: { '.': './../app/main.mjs' },
    node: INVALID,
    rule: 'VE105',
    says: ['has the segment ".."'],
    fixes: false,
  },
  'a target in node_modules': {
    exports: { '.': './node_modules/dep/index.js' },
    node: INVALID,
    rule: 'VE105',
    says: ['has the segment "node_modules"'],
    fixes: false,
  },
  'a number': {
    exports: { '.': { import: 1 } },
    node: INVALID,
    rule: 'VE105',
    says: ['a number is not a target'],
    fixes: false,
  },
  'paths beside conditions': {
    exports: { '.': './dist/index.js', import: './dist/index.js' },
    node: 'ERR_INVALID_PACKAGE_CONFIG',
    rule: 'problem',
    says: ['mixes subpaths (".") with conditions ("import")'],
    fixes: false,
  },
};

describe('entry points that do not resolve', () => {
  it.each(Object.entries(rows))('%s', (_, row) => {
    const specifier = `@acme/lib${row.subpath ?? ''}`;
    const json = { name: '@acme/lib', type: 'module', exports: row.exports };
    const texts = new Map([
      ['packages/lib/package.json', JSON.stringify(json, null, 2)],
      ['packages/lib/dist/index.js', 'export {};'],
      ...(row.files ?? []).map((file) => [`packages/lib/${file}`, 'export {};'] as const),
      ['packages/app/package.json', '{ "name": "@acme/app", "dependencies": { "@acme/lib": "*" } }'],
      ['packages/app/main.mjs', `import '${specifier}';\n`],
    ]);
    using workspace = writeWorkspace(texts);
    const main = join(workspace.root, 'packages/app/main.mjs');
    expect(run(main)).toBe(row.node);
    const reports = checkAll(workspace.root);
    if (row.rule === 'problem') {
      expect(reports.flatMap(({ problems }) => problems.map(({ message }) => message)).join()).toContain(
        row.says[0],
      );
      return;
    }
    const finding = mergeFindings(reports).find(({ code }) => code === row.rule)!;
    expect(finding).toBeDefined();
    const text = textOf(finding);
    for (const words of row.says) expect(text).toContain(words);
    const edits = finding.fix?.edits ?? [];
    expect(edits.length > 0).toBe(row.fixes);
    if (!row.fixes) return;
    apply(workspace.root, edits);
    expect(run(main)).toBe('fine');
    expect(mergeFindings(checkAll(workspace.root)).map(({ code }) => code)).not.toContain(row.rule);
  });
});

/** The result of running a module: the error's code, or `fine`. */
function run(file: string): string {
  try {
    execFileSync(process.execPath, [file], { encoding: 'utf8', stdio: 'pipe' });
    return 'fine';
  } catch (error) {
    return /code: '(\w+)'/.exec(String((error as { readonly stderr: unknown }).stderr))?.[1] ?? String(error);
  }
}

function textOf({ message, evidence, fix }: Finding): string {
  const lines = evidence.map(({ file, line, column, text }) => `${file}:${line}:${column} ${text}`);
  return [message, ...lines, fix?.title].join('\n');
}

function apply(root: string, edits: readonly Edit[]): void {
  for (const { file, start, end, text } of edits.toSorted((a, b) => b.start - a.start)) {
    const before = readFileSync(join(root, file), 'utf8');
    writeFileSync(join(root, file), before.slice(0, start) + text + before.slice(end));
  }
}
