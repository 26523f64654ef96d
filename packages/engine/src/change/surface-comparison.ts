import inc from 'semver/functions/inc.js';
import major from 'semver/functions/major.js';
import minor from 'semver/functions/minor.js';
import satisfies from 'semver/functions/satisfies.js';
import valid from 'semver/functions/valid.js';
import type { PackageSurface, SurfaceChange, SurfaceComparison } from '../model/package-surface.js';
import type { WorkspacePackage } from '../model/workspace.js';
import type { WorkspaceView } from '../workspace-view.js';
import { compareSurfaces } from './compare-surfaces.js';
import { DeclaredKinds } from './declared-kind.js';
import { packageSurface } from './package-surface.js';
import { plannedVersion } from './planned-version.js';
import { surfacePathOf } from '../read/surface-path.js';
import { parseSurface } from './surface-file.js';
import type { RecordKey } from './surface-file.js';

/**
 * Compares a project's exports with its surface file.
 *
 * @returns undefined if the project has no such file
 * @throws VerifyError `invalid-surface` if the file cannot be understood
 */
export function surfaceComparisonOf(
  view: WorkspaceView,
  own: WorkspacePackage,
): SurfaceComparison | undefined {
  const { disk } = view.run;
  const file = surfacePathOf(own.root);
  const text = disk.isFile(file) ? disk.readText(file) : undefined;
  if (text === undefined) return undefined;
  const { surface, placeOf } = parseSurface(file, text, own.name ?? own.project);
  const { changes, added } = compareSurfaces(surface, surfaceOf(view, own));
  const planned = plannedVersion(disk, own, surface.version);
  return {
    file,
    recorded: surface.version,
    planned,
    covered: coversBreak(surface.version, planned?.version),
    needed: breakingVersion(surface.version),
    changes: changes.map((change) => ({ ...change, place: placeOf(keyOf(change)) })),
    added,
  };
}

/** What a project exports now. */
export function surfaceOf(view: WorkspaceView, own: WorkspacePackage): PackageSurface {
  return packageSurface(view, own, new DeclaredKinds(view.run.disk));
}

function keyOf(change: SurfaceChange): RecordKey {
  if (change.kind === 'narrowed') return { field: change.field, name: change.name };
  return 'name' in change ? { subpath: change.subpath, name: change.name } : { subpath: change.subpath };
}

/**
 * Whether a version may break those who installed an earlier one. npm's caret decides, which treats
 * 0.x specially (https://github.com/npm/node-semver#caret-ranges-123-025-004).
 */
export function coversBreak(recorded: string | undefined, planned: string | undefined): boolean {
  if (recorded === undefined || planned === undefined || valid(recorded) === null) return false;
  return !satisfies(planned, `^${recorded}`, { includePrerelease: true });
}

/** The next version that may break those who installed a version. */
export function breakingVersion(recorded: string | undefined): string | undefined {
  if (recorded === undefined || valid(recorded) === null) return undefined;
  const step = major(recorded) > 0 ? 'major' : minor(recorded) > 0 ? 'minor' : 'patch';
  return inc(recorded, step) ?? undefined;
}
