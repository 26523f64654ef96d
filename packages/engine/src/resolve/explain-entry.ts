import { isRecord } from '../model/is-record.js';
import type { EntryFailure } from '../model/demand.js';
import type { EntryExplanation, Way } from '../model/explanation.js';
import type { FilePath } from '../model/place.js';
import type { EntryPoint, Manifest, WorkspacePackage } from '../model/workspace.js';
import type { Disk } from '../read/disk.js';
import { isWithin, joinPath } from '../read/file-path.js';
import { locateInManifest } from '../read/locate-in-manifest.js';
import { builtCounterpart } from './built-counterpart.js';
import { conditionsOf } from './entry-outcome.js';
import type { EntryAsk } from './entry-outcome.js';
import { resolveExports } from './exports-map.js';
import { matchKey } from './map-key.js';
import { servingLeaves } from './map-leaves.js';
import type { JsonPath } from './map-target.js';
import { checkTarget, pathOfTarget } from './map-target.js';
import { resolveEntry } from './resolve-entry.js';

/** What the explanation needs. */
export interface ExplainContext {
  readonly disk: Disk;
  readonly pkg: WorkspacePackage;
  /** The package's entry points. */
  readonly entryPoints: readonly EntryPoint[];
}

/**
 * Why an entry point does not resolve, in addition to its failure: which key or condition wins, and
 * which one would work.
 */
export function explainEntry(
  context: ExplainContext,
  failure: EntryFailure,
  ask: EntryAsk,
): EntryExplanation {
  const { pkg, entryPoints } = context;
  const { subpath } = failure;
  const subpaths = entryPoints
    .filter(({ variants }) => variants.some(({ exists }) => exists))
    .map((e) => e.subpath);
  const exports = pkg.published?.json.exports;
  const hasMap = exports !== undefined && exports !== null;
  const wildcard = hasMap ? wildcardOf(context, subpath) : undefined;
  const shadowed = hasMap ? shadowing(context, subpath, conditionsOf(ask)) : undefined;
  const sameFile = sameFileOf(context, subpath, ask);
  const folderKey =
    hasMap && failure.outcome === 'not-listed' ? folderKeyOf(pkg.published!, subpath) : undefined;
  const onlyInSource = onlyInSourceOf(context, subpath);
  const fields = pkg.published && failure.outcome === 'no-entry' ? fieldsOf(pkg.published) : undefined;
  return {
    subpaths,
    ...(fields && { fields }),
    ...(wildcard && { wildcard }),
    ...(shadowed && { shadowed }),
    ...(sameFile && { sameFile }),
    ...(folderKey && { folderKey }),
    ...(onlyInSource !== undefined && { onlyInSource }),
  };
}

function fieldsOf(manifest: Manifest): NonNullable<EntryExplanation['fields']> {
  return Object.keys(manifest.json).map((name) => ({
    name,
    place: locateInManifest(manifest, [name], 'key'),
  }));
}

function wildcardOf({ pkg, entryPoints }: ExplainContext, subpath: string): EntryExplanation['wildcard'] {
  const manifest = pkg.published!;
  const found = matchKey('exports', manifest.json.exports, subpath);
  if (found?.match === undefined) return undefined;
  const subpaths = entryPoints
    .filter(({ variants }) => variants.some(({ exists }) => exists))
    .map((entryPoint) => entryPoint.subpath)
    .filter((offered) => matchKey('exports', manifest.json.exports, offered)?.key === found.key);
  return { pattern: found.key, place: locateInManifest(manifest, found.jsonPath, 'key'), subpaths };
}

/**
 * If the target that wins does not resolve: a later target, of the same key or of a less specific
 * key, that resolves to a file.
 *
 * @param conditions those that apply
 */
export function shadowing(
  { disk, pkg }: Pick<ExplainContext, 'disk' | 'pkg'>,
  subpath: string,
  conditions: ReadonlySet<string>,
): EntryExplanation['shadowed'] {
  const manifest = pkg.published!;
  const { exports } = manifest.json;
  const resolution = resolveExports(exports, subpath, conditions);
  if (!['target', 'blocked', 'invalid-target'].includes(resolution.outcome)) return undefined;
  const leaves = servingLeaves('exports', exports, subpath, (condition) => conditions.has(condition));
  const at = leaves.findIndex(({ jsonPath }) => isSame(jsonPath, resolution.jsonPath));
  if (at === -1) return undefined;
  const right = leaves.slice(at + 1).find(({ target, match }) => {
    if (target === null || checkTarget(target, 'exports') !== undefined) return false;
    return disk.isFile(joinPath(pkg.publishedRoot, pathOfTarget(target, match)));
  });
  if (!right) return undefined;
  const wayOf = ({ pattern, conditions: way, target, jsonPath }: (typeof leaves)[number]): Way => ({
    pattern,
    conditions: way,
    target,
    place: locateInManifest(manifest, jsonPath, 'value'),
  });
  return { winner: wayOf(leaves[at]!), right: wayOf(right) };
}

function isSame(a: JsonPath, b: JsonPath): boolean {
  return a.length === b.length && a.every((key, index) => key === b[index]);
}

const ENDINGS = ['', '.js', '.mjs', '.cjs', '.json', '/index.js', '/index.mjs', '/index.cjs'] as const;

/**
 * A deep import names a file of the package, built or source. The entry point that resolves to that
 * file works as well.
 */
function sameFileOf(
  { disk, pkg, entryPoints }: ExplainContext,
  subpath: string,
  ask: EntryAsk,
): EntryExplanation['sameFile'] {
  if (subpath === '.') return undefined;
  for (const file of filesMeant(disk, pkg, subpath)) {
    for (const entryPoint of entryPoints) {
      if (entryPoint.subpath === subpath || !entryPoint.variants.some((variant) => variant.file === file))
        continue;
      const entry = resolveEntry(disk, pkg, entryPoint.subpath, ask);
      if (entry.outcome === 'file' && entry.file === file) return { subpath: entryPoint.subpath, file };
    }
  }
  return undefined;
}

function filesMeant(disk: Disk, pkg: WorkspacePackage, subpath: string): readonly FilePath[] {
  const built = ENDINGS.map((ending) => joinPath(pkg.publishedRoot, subpath + ending)).filter((file) =>
    disk.isFile(file),
  );
  const sources = ['', '.ts', '.tsx', '.mts', '/index.ts', '/index.tsx']
    .map((ending) => joinPath(pkg.root, subpath.replace(/\.js$/, '') + ending))
    .filter((file) => /\.[cm]?tsx?$/.test(file) && disk.isFile(file));
  return [...built, ...sources.map((file) => builtCounterpart(disk, pkg, file, 'runtime').file)];
}

/** `"./lib/": "./dist/lib/"`: Node followed such keys up to version 16. */
function folderKeyOf(manifest: Manifest, subpath: string): EntryExplanation['folderKey'] {
  const { exports } = manifest.json;
  if (!isRecord(exports)) return undefined;
  const key = Object.keys(exports).find(
    (candidate) => candidate.endsWith('/') && subpath.startsWith(candidate),
  );
  return key === undefined ? undefined : { key, place: locateInManifest(manifest, ['exports', key], 'key') };
}

function onlyInSourceOf({ disk, pkg }: ExplainContext, subpath: string): FilePath | undefined {
  if (pkg.publishedRoot === pkg.root || subpath === '.') return undefined;
  const file = joinPath(pkg.root, subpath);
  const found = ENDINGS.map((ending) => file + ending).find((candidate) => disk.isFile(candidate));
  return found !== undefined && !isWithin(pkg.publishedRoot, found) ? found : undefined;
}
