import { isRecord } from '../model/is-record.js';
import type { ParseError } from 'jsonc-parser';
import { parseTree } from 'jsonc-parser';
import type { FilePath } from '../model/place.js';
import type { ProblemKind } from '../model/problem.js';
import { VerifyError } from '../model/problem.js';
import type { Manifest, PackageJson } from '../model/workspace.js';
import type { Disk } from './disk.js';
import { DEEPEST_JSON, isDeepJson } from './json-depth.js';
import { locateInManifest, withoutByteOrderMark } from './locate-in-manifest.js';
import { textPosition } from './text-position.js';

/**
 * A package.json, read as Node reads it: strict JSON after an optional byte order mark.
 *
 * @returns undefined if the file does not exist
 * @throws VerifyError `invalid-manifest` if it is not JSON, not an object, or a field has a type
 *   that no tool can use; `invalid-exports` if `exports` has a shape that Node rejects as a whole;
 *   `unreadable` if it cannot be read
 */
export function readManifest(disk: Disk, file: FilePath): Manifest | undefined {
  const text = disk.readText(file);
  if (text === undefined) return undefined;
  const json = parseJson(file, text);
  if (isDeepJson(text)) {
    throw problemAt({
      file,
      text,
      offset: 0,
      what: `${file} is nested more than ${DEEPEST_JSON} levels deep`,
      remedy: 'Make it flatter. A real package.json has fewer than 20 levels.',
    });
  }
  if (!isRecord(json)) {
    throw problemAt({
      file,
      text,
      offset: 0,
      what: `${file} is not a JSON object`,
      remedy: 'Make it an object with a "name".',
    });
  }
  const manifest: Manifest = { file, text, json: json as PackageJson };
  checkFields(manifest, json as Readonly<Record<string, unknown>>);
  checkExports(manifest);
  return manifest;
}

function parseJson(file: FilePath, text: string): unknown {
  const clean = withoutByteOrderMark(text);
  try {
    return JSON.parse(clean);
  } catch (error) {
    const what = `${file} is not valid JSON: ${reasonOf(error)}`;
    throw problemAt({
      file,
      text,
      offset: errorOffset(clean, error),
      what,
      remedy: 'Fix the JSON at this position.',
    });
  }
}

/**
 * JSON.parse quotes the text and its position, which its callers print anyway; only the reason is
 * wanted.
 */
function reasonOf(error: unknown): string {
  const message = error instanceof Error ? error.message : String(error);
  return message
    .replace(/,? (\.\.\.)?".*$|,? in JSON at position.*$|,? at position.*$| \(line.*$/s, '')
    .replace(/^./, (c) => c.toLowerCase());
}

function errorOffset(text: string, error: unknown): number {
  const stated = error instanceof Error ? /at position (\d+)/.exec(error.message)?.[1] : undefined;
  if (stated !== undefined) return Number(stated);
  const errors: ParseError[] = [];
  parseTree(text, errors, { disallowComments: true, allowTrailingComma: false });
  return errors[0]?.offset ?? text.length;
}

interface Complaint {
  readonly file: FilePath;
  readonly text: string;
  readonly offset: number;
  readonly what: string;
  readonly remedy: string;
  readonly kind?: ProblemKind;
}

function problemAt({ file, text, offset, what, remedy, kind = 'invalid-manifest' }: Complaint): VerifyError {
  return new VerifyError({ kind, message: `${what}.`, remedy, file, ...textPosition(text, offset) });
}

const isString = (value: unknown): boolean => typeof value === 'string';
const isStringMap = (value: unknown): boolean => isRecord(value) && Object.values(value).every(isString);

/**
 * Fields that the engine reads as typed; Node and npm ignore or reject them otherwise. Entry fields
 * stay `unknown`.
 */
const FIELDS: Readonly<Record<string, readonly [test: (value: unknown) => boolean, wanted: string]>> = {
  name: [isString, 'a string'],
  version: [isString, 'a string'],
  scripts: [isStringMap, 'an object of strings'],
  publishConfig: [isRecord, 'an object'],
  dependencies: [isStringMap, 'an object of strings'],
  devDependencies: [isStringMap, 'an object of strings'],
  peerDependencies: [isStringMap, 'an object of strings'],
  optionalDependencies: [isStringMap, 'an object of strings'],
};

function checkFields(manifest: Manifest, json: Readonly<Record<string, unknown>>): void {
  for (const [field, [test, wanted]] of Object.entries(FIELDS)) {
    const value = json[field];
    if (value === undefined || test(value)) continue;
    throw complaintAbout(
      manifest,
      [field],
      'invalid-manifest',
      `"${field}" of ${manifest.file} is not ${wanted}`,
      `Make it ${wanted}.`,
    );
  }
}

function complaintAbout(
  manifest: Manifest,
  path: readonly (string | number)[],
  kind: ProblemKind,
  what: string,
  remedy: string,
): VerifyError {
  const offset = locateInManifest(manifest, path, 'value').start;
  return problemAt({ file: manifest.file, text: manifest.text, offset, what, remedy, kind });
}

/**
 * Rejects what Node rejects as a whole: PACKAGE_EXPORTS_RESOLVE step 1 and PACKAGE_TARGET_RESOLVE
 * step 2.1; `null` is absent.
 *
 * @throws VerifyError `invalid-exports`
 */
export function checkExports(manifest: Manifest): void {
  const { exports } = manifest.json;
  if (exports === undefined || exports === null || typeof exports === 'string') return;
  const fail = (path: readonly (string | number)[], what: string, remedy: string): never => {
    throw complaintAbout(
      manifest,
      ['exports', ...path],
      'invalid-exports',
      `"exports" of ${manifest.file} ${what}`,
      remedy,
    );
  };
  if (typeof exports !== 'object')
    fail([], `is a ${typeof exports}`, 'Make it a path, or an object of subpaths or conditions.');
  if (!Array.isArray(exports)) {
    const keys = Object.keys(exports as object);
    const rooted = keys.find((key) => /^\/(?!\/)/.test(key));
    if (rooted !== undefined)
      fail([rooted], `has the key "${rooted}"`, `Write ".${rooted}": subpaths begin with "./".`);
    const subpaths = keys.filter((key) => key.startsWith('.'));
    if (subpaths.length > 0 && subpaths.length < keys.length) {
      const condition = keys.find((key) => !key.startsWith('.'))!;
      const remedy = `Move the conditions into ".": { ".": { "${condition}": … } }.`;
      fail([condition], `mixes subpaths ("${subpaths[0]}") with conditions ("${condition}")`, remedy);
    }
  }
  const numeric = numericKey(exports, []);
  if (numeric)
    fail(
      numeric,
      `has the numeric key "${numeric.at(-1)}"`,
      'Use a subpath or a condition as the key, or write an array.',
    );
}

function numericKey(
  value: unknown,
  path: readonly (string | number)[],
): readonly (string | number)[] | undefined {
  if (typeof value !== 'object' || value === null) return undefined;
  for (const [key, below] of Object.entries(value)) {
    if (!Array.isArray(value) && /^(0|[1-9]\d*)$/.test(key)) return [...path, key];
    const found = numericKey(below, [...path, Array.isArray(value) ? Number(key) : key]);
    if (found) return found;
  }
  return undefined;
}
