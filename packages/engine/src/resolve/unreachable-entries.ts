import type { UnreachableEntry, WinningTarget } from '../model/manifest-faults.js';
import type { FilePath } from '../model/place.js';
import type { Manifest, WorkspacePackage } from '../model/workspace.js';
import type { Disk } from '../read/disk.js';
import { joinPath } from '../read/file-path.js';
import { locateInManifest } from '../read/locate-in-manifest.js';
import { declarationsOfTarget, isDeclarationFile } from './declaration-files.js';
import { keysOf } from './map-key.js';
import { leavesOf } from './map-leaves.js';
import type { MapLeaf } from './map-leaves.js';
import { checkTarget } from './map-target.js';
import type { MapField } from './map-target.js';

/** Conditions that are only set together with `import` or `require` when code is loaded. */
const BESIDE_MODE: ReadonlySet<string> = new Set(
  'node browser deno bun worker workerd edge-light react-native react-server electron module module-sync node-addons production development'.split(
    ' ',
  ),
);
const KNOWN: ReadonlySet<string> = new Set([...BESIDE_MODE, 'import', 'require', 'default', 'types']);
const MODES = ['import', 'require'] as const;

/**
 * Targets and keys in `exports` and `imports` that are never used, under any conditions.
 *
 * A target is unreachable if an earlier one of its key always wins. The conditions of the earlier
 * one are all among its own (`default` is always set). Or there are two earlier ones, for `import`
 * and for `require`, and its own conditions are only set together with one of these.
 *
 * TypeScript continues if it finds no declarations, so a `types` target is unreachable only if the
 * earlier ones have some. Alternatives in one array are left out, because bundlers try all of them.
 * Unknown conditions and keys that are comments are left out, because only their authors know their
 * purpose.
 */
export function unreachableEntriesOf(disk: Disk, pkg: WorkspacePackage): readonly UnreachableEntry[] {
  const { published: manifest } = pkg;
  if (!manifest) return [];
  return (['exports', 'imports'] as const).flatMap((field) => {
    const map = manifest.json[field];
    if (map === undefined || map === null) return [];
    return Object.entries(keysOf(field, map)).flatMap(([pattern, { value, jsonPath }]) => {
      const reason = deadKey(field, pattern);
      if (reason !== undefined) {
        const place = locateInManifest(manifest, jsonPath, 'key');
        return [
          { field, pattern, conditions: [], target: null, place, because: { kind: 'key', reason } as const },
        ];
      }
      const leaves = [...leavesOf(value, { pattern, jsonPath })];
      return leaves.flatMap((leaf, index) => {
        const because = hasKnownConditions(leaf)
          ? whyUnreachable(leaf, leaves.slice(0, index), { disk, pkg, manifest, field })
          : undefined;
        const { conditions, target } = leaf;
        return because
          ? [{ field, pattern, conditions, target, place: placeOf(manifest, leaf), because }]
          : [];
      });
    });
  });
}

function deadKey(field: MapField, pattern: string): string | undefined {
  if (pattern.startsWith('//')) return undefined;
  if (field === 'imports' && !pattern.startsWith('#')) return 'it does not begin with "#"';
  return pattern.split('*').length > 2 ? 'it has more than one "*"' : undefined;
}

function hasKnownConditions({ target, conditions }: MapLeaf): boolean {
  return target !== null && conditions.length > 0 && conditions.every((condition) => KNOWN.has(condition));
}

interface Context {
  readonly disk: Disk;
  readonly pkg: WorkspacePackage;
  readonly manifest: Manifest;
  readonly field: MapField;
}

function whyUnreachable(
  leaf: MapLeaf,
  before: readonly MapLeaf[],
  context: Context,
): UnreachableEntry['because'] | undefined {
  if (MODES.every((mode) => leaf.conditions.includes(mode))) return { kind: 'contradiction' };
  const earlier = before.filter(({ array }) => !array || array.join() !== leaf.array?.join());
  return isForTypes(leaf) ? withoutTypes(leaf, earlier, context) : taken(leaf, earlier, context);
}

function isForTypes({ target, conditions }: MapLeaf): boolean {
  return conditions.includes('types') || isDeclarationFile(target!);
}

/** At run time the first valid target counts, even if its file does not exist. */
function taken(
  leaf: MapLeaf,
  earlier: readonly MapLeaf[],
  { manifest, field }: Context,
): UnreachableEntry['because'] | undefined {
  const final = earlier.filter(({ target }) => target === null || checkTarget(target, field) === undefined);
  const winners = winnersOver(leaf, final);
  return winners && { kind: 'earlier', winners: winners.map((winner) => winning(manifest, winner)) };
}

function withoutTypes(
  leaf: MapLeaf,
  earlier: readonly MapLeaf[],
  context: Context,
): UnreachableEntry['because'] | undefined {
  const { disk, pkg, manifest } = context;
  const own = joinPath(pkg.publishedRoot, leaf.target!);
  if (leaf.pattern.includes('*') || !disk.isFile(own)) return undefined;
  const filesOf = ({ target }: MapLeaf): FilePath | undefined =>
    target === null
      ? undefined
      : declarationsOfTarget(joinPath(pkg.publishedRoot, target)).find((file) => disk.isFile(file));
  const winners = winnersOver(
    leaf,
    earlier.filter((rival) => rival.target === null || filesOf(rival) !== undefined),
  );
  // If the same file is found in another way, nothing is lost.
  if (!winners || winners.some((winner) => filesOf(winner) === own)) return undefined;
  const files = [...new Set(winners.flatMap((winner) => filesOf(winner) ?? []))];
  return { kind: 'declarations', files, winners: winners.map((winner) => winning(manifest, winner)) };
}

/** The earlier targets that together always win over a later one. */
function winnersOver(leaf: MapLeaf, earlier: readonly MapLeaf[]): readonly MapLeaf[] | undefined {
  const first = earlier.find((rival) => applies(rival, leaf.conditions));
  if (first) return [first];
  const isBesideMode = leaf.conditions.some(
    (condition) => BESIDE_MODE.has(condition) || condition === 'types',
  );
  if (!isBesideMode || leaf.conditions.some((condition) => condition === 'import' || condition === 'require'))
    return undefined;
  const winners = MODES.map((mode) => earlier.find((rival) => applies(rival, [...leaf.conditions, mode])));
  return winners.every((winner) => winner !== undefined) ? winners : undefined;
}

function applies({ conditions }: MapLeaf, set: readonly string[]): boolean {
  return conditions.every((condition) => condition === 'default' || set.includes(condition));
}

function winning(manifest: Manifest, leaf: MapLeaf): WinningTarget {
  return { conditions: leaf.conditions, target: leaf.target, place: placeOf(manifest, leaf) };
}

function placeOf(manifest: Manifest, { jsonPath }: MapLeaf): WinningTarget['place'] {
  return locateInManifest(manifest, jsonPath, 'value');
}
