import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { bundleEngine, ENGINE } from '../bundle-engine.mjs';
import { BASE } from './base-workspace.mjs';

/** Ways to write the same text. */
const FORMS = {
  'Windows line ends': (text) => text.replaceAll('\n', '\r\n'),
  'a byte order mark': (text) => `\uFEFF${text}`,
  'both of them': (text) => `\uFEFF${text.replaceAll('\n', '\r\n')}`,
  'no line end at the end': (text) => text.trimEnd(),
};

let engine;
let root;
let expected;
beforeAll(async () => {
  engine = await bundleEngine(ENGINE);
  root = mkdtempSync(join(tmpdir(), 'verify-exports-forms-'));
  for (const [path, text] of WORKSPACE) {
    mkdirSync(dirname(join(root, path)), { recursive: true });
    writeFileSync(join(root, path), text);
  }
  mkdirSync(join(root, 'node_modules/@acme'), { recursive: true });
  for (const name of ['lib', 'util'])
    symlinkSync(`../../packages/${name}`, join(root, 'node_modules/@acme', name), 'junction');
  expected = results(new Map());
});
afterAll(() => rmSync(root, { recursive: true, force: true }));

const WORKSPACE = new Map([
  ...BASE,
  ['packages/lib/dist/lost.js', 'export const lost = 1;\n'],
  ['packages/lib/.npmignore', 'src\n*.test.js\n!dist\ndist/inner.js\n'],
  ['packages/app/tsconfig.json', '{\n  // a comment\n  "extends": "../../tsconfig.base.json",\n  "compilerOptions": { "module": "nodenext" }\n}\n'],
  ['.changeset/brave-cat.md', '---\n"@acme/lib": minor\n---\n\nMore.\n'],
  ['.changeset/config.json', '{ "ignore": [] }\n'],
  ['packages/lib/exports.surface.txt', '# What @acme/lib exports. `verify-exports surface` writes this file.\nversion 1.2.3\n\n.\n  a  value\n  gone  value\n'],
]); // prettier-ignore

/** What is found, without offsets. */
function results(overlay) {
  const run = engine.openRun({ root, overlay });
  const reports = engine.packagesIn(run).map(({ project }) => engine.verify({ run, project }));
  return reports.map(({ project, verdict, problems, findings, inventory, coverage }) => ({
    project,
    verdict,
    problems,
    inventory,
    coverage,
    findings: findings.map(({ fix, ...finding }) => ({ ...finding, fix: fix?.title })),
  }));
}

describe.each(Object.entries(FORMS))('a file with %s', (_, form) => {
  it.each([...WORKSPACE.keys()])('means the same: %s', (path) => {
    const text = WORKSPACE.get(path);
    expect(results(new Map([[path, form(text)]]))).toEqual(expected);
  });
});

it('the workspace has findings of many rules', () => {
  const codes = new Set(expected.flatMap(({ findings }) => findings.map(({ code }) => code)));
  expect(codes.size).toBeGreaterThan(5);
});
