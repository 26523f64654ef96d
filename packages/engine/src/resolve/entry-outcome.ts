import type { EntryResolution, Mode } from '../model/demand.js';
import type { Place } from '../model/place.js';
import type { Manifest, WorkspacePackage } from '../model/workspace.js';
import type { Disk } from '../read/disk.js';
import { joinPath } from '../read/file-path.js';
import { locateInManifest } from '../read/locate-in-manifest.js';
import type { MapResolution, MapTarget } from './exports-map.js';
import type { JsonPath } from './map-target.js';
import { nearFiles } from './near-files.js';

/** The settings of a consumer's resolver. */
export interface ConsumerSettings {
  /** Conditions besides the standard ones. */
  readonly conditions: readonly string[];
  /** A bundler resolves for browsers, not for Node. */
  readonly browser?: boolean;
  /** Conditions that tools set only for code, and not for types. */
  readonly runtime?: readonly string[];
  /** A runtime such as React Native that is neither Node nor a browser. */
  readonly neutral?: boolean;
  /** `customConditions` of TypeScript. */
  readonly types?: readonly string[];
}

/** How an entry point is imported. */
export interface EntryAsk extends ConsumerSettings {
  readonly mode: Mode;
  readonly phase: 'runtime' | 'types';
  /** See `RequestMode`. */
  readonly node10?: true;
}

/**
 * The conditions that apply. At run time those of Node: every supported version (20.19, 22.12 and
 * later) can `require` ES modules, and so has `module-sync`. For types those of TypeScript's
 * `nodenext`. For browsers those that esbuild, Vite and webpack share
 * (https://esbuild.github.io/api/#how-conditions-work,
 * https://vite.dev/config/shared-options#resolve-conditions).
 */
export function conditionsOf(ask: EntryAsk): ReadonlySet<string> {
  const { mode, phase, conditions, browser, neutral, runtime = [], types = [] } = ask;
  if (phase === 'types') return new Set(['types', mode, 'node', ...conditions, ...types]);
  if (neutral) return new Set([mode, ...conditions, ...runtime]);
  const standard = browser ? ['browser', 'module', mode] : ['node', mode, 'module-sync', 'node-addons'];
  return new Set([...standard, ...conditions, ...runtime]);
}

/** The result of a map's target on disk. */
export function entryAt(
  disk: Disk,
  pkg: WorkspacePackage,
  manifest: Manifest,
  subpath: string,
  { target, path, conditions, jsonPath }: MapTarget,
): EntryResolution {
  const file = joinPath(pkg.publishedRoot, path);
  const place = locateInManifest(manifest, jsonPath, 'value');
  return existing(disk, pkg, { subpath, conditions, target, file, place });
}

/** Why a map has no target, with the place that decides it. */
export function entryFailure(
  manifest: Manifest,
  subpath: string,
  resolution: Exclude<MapResolution, { readonly outcome: 'target' }>,
  ask: EntryAsk,
): EntryResolution {
  const at = (which: 'key' | 'value', path: JsonPath = resolution.jsonPath): Place =>
    locateInManifest(manifest, path, which);
  const invalid = (reason: string): EntryResolution => ({
    outcome: 'invalid-target',
    subpath,
    reason,
    path: resolution.jsonPath,
    place: at('value'),
  });
  switch (resolution.outcome) {
    case 'not-listed':
      return { outcome: 'not-listed', subpath, offered: resolution.offered, place: at('key') };
    case 'blocked':
      return { outcome: 'blocked', subpath, pattern: resolution.pattern, place: at('value') };
    case 'no-condition': {
      const { offered } = resolution;
      return { outcome: 'no-condition', subpath, asked: [...conditionsOf(ask)], offered, place: at('key') };
    }
    case 'invalid-target':
      return invalid(resolution.reason);
    case 'package':
      return invalid(`"${resolution.specifier}" is a package`);
  }
}

type EntryFile = Extract<EntryResolution, { readonly outcome: 'file' }>;

/** The entry itself, or its failure if the file does not exist. */
export function existing(
  disk: Disk,
  pkg: WorkspacePackage,
  entry: Omit<EntryFile, 'outcome'>,
): EntryResolution {
  const kind = disk.kindOf(entry.file);
  if (kind === 'file') return { outcome: 'file', ...entry };
  return {
    outcome: kind === 'directory' ? 'directory' : 'file-missing',
    ...entry,
    near: nearFiles(disk, pkg, entry.file),
  };
}
