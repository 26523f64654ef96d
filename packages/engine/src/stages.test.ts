import { readdirSync, readFileSync } from 'node:fs';
import { join, posix } from 'node:path';
import { expect, it } from 'vitest';
import { parseModule } from './parse/parse-module.js';

/** In this order: a stage imports only from stages above it in this list, types included. */
const STAGES = [
  'collections',
  'model',
  'text-scan',
  'read',
  'parse',
  'resolve',
  'trace',
  'surface',
  'demand',
  'load',
  'answer',
  'kept-reports.ts',
  'session.ts',
  'checked-files.ts',
  'workspace-view.ts',
  'consumer-answers.ts',
  'contents',
  'ship',
  'change',
  'startup',
  'rules',
  'evidence',
  'report',
  'verify.ts',
  'verify-sources.ts',
  'fix',
  'explain',
  'history',
  'formats',
  'export-map',
  'public-api.ts',
  'index.ts',
  'kept-code.ts',
  'load-engine.ts',
  'cli',
];

const src = import.meta.dirname;

/** All sources but tests, by their paths below src/. */
function sources(): ReadonlyMap<string, string> {
  const files = readdirSync(src, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && /(?<!\.test)\.ts$/.test(entry.name))
    .map((entry) => join(entry.parentPath, entry.name));
  return new Map(files.map((file) => [posixPath(file), readFileSync(file, 'utf8')]));
}

function posixPath(file: string): string {
  return file
    .slice(src.length + 1)
    .split('\\')
    .join('/');
}

function stageOf(file: string): string {
  return file.split('/')[0]!;
}

/** The imports from a later stage, as `importing file → imported file`. */
function importsOfLaterStages(files: ReadonlyMap<string, string>): readonly string[] {
  return [...files].flatMap(([file, text]) =>
    parseModule(file, text)
      .requests.filter(({ specifier }) => specifier.startsWith('.'))
      .map(({ specifier }) => posix.join(posix.dirname(file), specifier).replace(/\.js$/, '.ts'))
      .filter((target) => STAGES.indexOf(stageOf(target)) > STAGES.indexOf(stageOf(file)))
      .map((target) => `${file} → ${target}`),
  );
}

it('lists every folder and file of src/ as a stage', () => {
  expect([...new Set([...sources().keys()].map(stageOf))].toSorted()).toEqual(STAGES.toSorted());
});

it('finds no import of a later stage', () => {
  expect(importsOfLaterStages(sources())).toEqual([]);
});

it('counts type imports and dynamic imports as imports', () => {
  const files = new Map([
    ['read/a.ts', "import type { B } from '../parse/b.js';\nexport type A = B;"],
    ['read/b.ts', "export type A = import('../ship/docker/c.js').C;"],
    ['read/c.ts', "export const a = () => import('../verify.js');"],
    ['read/d.ts', "export type { D } from '../model/d.js';\nexport * from './e.js';"],
  ]);
  expect(importsOfLaterStages(files)).toEqual([
    'read/a.ts → parse/b.ts',
    'read/b.ts → ship/docker/c.ts',
    'read/c.ts → verify.ts',
  ]);
});
