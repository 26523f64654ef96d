import { isAbsolute } from 'node:path';
import { createPathsMatcher } from 'get-tsconfig';
import type { ParseError } from 'jsonc-parser';
import { findNodeAtLocation, parse, parseTree, printParseErrorCode } from 'jsonc-parser';
import type { FilePath, Place } from '../model/place.js';
import type { Problem } from '../model/problem.js';
import { VerifyError } from '../model/problem.js';
import type { PathAlias } from '../model/workspace.js';
import type { Disk } from './disk.js';
import { folderOf, isWithin, joinPath } from './file-path.js';
import { readTsconfig } from './read-tsconfig.js';
import { withoutByteOrderMark } from './locate-in-manifest.js';
import { textPosition } from './text-position.js';

export interface PathAliases {
  readonly aliases: readonly PathAlias[];
  readonly problems: readonly Problem[];
}

/** The files that define a workspace's `paths`; the first that has any is used. */
const CONFIGS = ['tsconfig.base.json', 'tsconfig.json'] as const;

/**
 * `compilerOptions.paths` of the workspace's root tsconfig, `extends` and `baseUrl` applied. A
 * broken one is a problem.
 */
export function readPathAliases(disk: Disk): PathAliases {
  const problems: Problem[] = [];
  for (const file of CONFIGS) {
    if (!disk.isFile(file)) continue;
    try {
      checkSyntax(disk, file);
      const aliases = aliasesOf(disk, file);
      if (aliases.length > 0) return { aliases, problems };
    } catch (error) {
      problems.push(error instanceof VerifyError ? error.problem : broken(file, messageOf(error)));
    }
  }
  return { aliases: [], problems };
}

/** get-tsconfig ignores syntax errors, which would lose aliases without a message. */
function checkSyntax(disk: Disk, file: FilePath): void {
  const text = disk.readText(file) ?? '';
  const errors: ParseError[] = [];
  parse(withoutByteOrderMark(text), errors, { allowTrailingComma: true, allowEmptyContent: true });
  const [first] = errors;
  if (first)
    throw new VerifyError({
      ...broken(file, printParseErrorCode(first.error)),
      ...textPosition(text, first.offset),
    });
}

/**
 * The `paths` of one configuration.
 *
 * @throws if it cannot be read
 */
export function aliasesOf(disk: Disk, file: FilePath): readonly PathAlias[] {
  const path = disk.toAbsolute(file);
  const config = readTsconfig(disk, file);
  const paths: unknown = config.compilerOptions?.paths;
  if (paths === undefined) return [];
  const isMap = typeof paths === 'object' && paths !== null && Object.values(paths).every(Array.isArray);
  if (!isMap) throw new Error('"paths" is not an object of arrays');
  const targetsOf = createPathsMatcher({ path, config });
  return Object.keys(paths).map((pattern) => ({
    pattern,
    // A pattern that is matched with itself gives its own targets as absolute paths, because `*`
    // matches `*`.
    targets: (targetsOf?.(pattern) ?? []).map((target) => disk.toFilePath(target)),
    place: placeOfOption(disk, file, ['paths', pattern]),
  }));
}

/**
 * The folder that `baseUrl` of one configuration names.
 *
 * @throws if it cannot be read
 */
export function baseUrlOf(
  disk: Disk,
  file: FilePath,
): { readonly folder: FilePath; readonly place: Place } | undefined {
  const { baseUrl } = readTsconfig(disk, file).compilerOptions ?? {};
  if (typeof baseUrl !== 'string') return undefined;
  const folder = isAbsolute(baseUrl) ? disk.toFilePath(baseUrl) : joinPath(folderOf(file) ?? '.', baseUrl);
  return { folder, place: placeOfOption(disk, file, ['baseUrl']) };
}

/**
 * In the config that declares the option: this one, or one that it extends by a relative path, else
 * the place of `extends`.
 */
function placeOfOption(
  disk: Disk,
  file: FilePath,
  option: readonly string[],
  seen: readonly FilePath[] = [],
): Place {
  const tree = parseTree(withoutByteOrderMark(disk.readText(file) ?? ''), [], { allowTrailingComma: true });
  const whole = { file, start: 0, end: 0 };
  const key = tree && findNodeAtLocation(tree, ['compilerOptions', ...option])?.parent?.children?.[0];
  if (key) return { file, start: key.offset, end: key.offset + key.length };
  const parents = tree && findNodeAtLocation(tree, ['extends']);
  if (!parents) return whole;
  for (const node of parents.type === 'array' ? (parents.children ?? []).toReversed() : [parents]) {
    const stated = typeof node.value === 'string' && node.value.startsWith('.') ? node.value : undefined;
    const base = stated === undefined ? undefined : joinPath(folderOf(file) ?? '.', stated);
    const target = [base, `${base}.json`].find(
      (candidate) => base !== undefined && candidate && isWithin('.', candidate) && disk.isFile(candidate),
    );
    if (!target || seen.includes(target)) continue;
    const place = placeOfOption(disk, target, option, [...seen, file]);
    if (place.end > 0) return place;
  }
  return { file, start: parents.offset, end: parents.offset + parents.length };
}

function messageOf(error: unknown): string {
  return (error instanceof Error ? error.message : String(error)).replace(/\.$/, '');
}

function broken(file: FilePath, reason: string): Problem {
  return {
    kind: 'invalid-tsconfig',
    message: `${file} cannot be used for path aliases: ${reason}.`,
    remedy: 'Fix it. Until then, imports through path aliases are not checked.',
    file,
  };
}
