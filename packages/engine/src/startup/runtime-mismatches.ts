import type { DeclaredKinds } from '../change/declared-kind.js';
import type { LoadAttempt, LoadedName, RuntimeMismatch } from '../model/load-result.js';
import type { NameKind } from '../model/package-surface.js';
import type { Surface } from '../model/surface.js';
import type { WorkspacePackage } from '../model/workspace.js';
import { viewOfEntry } from '../surface/ambient-entry.js';
import type { WorkspaceView } from '../workspace-view.js';

/**
 * Compares what a loaded module has with what the check found in its text, and with what its
 * declarations promise. A name that the text lacks as well is another rule's finding.
 */
export function runtimeMismatches(
  view: WorkspaceView,
  own: WorkspacePackage,
  attempt: LoadAttempt,
  kinds: DeclaredKinds,
): readonly RuntimeMismatch[] {
  const { outcome, file, mode } = attempt;
  if (outcome.kind !== 'loaded') return [];
  const built = view.surfaces.of(file, { phase: 'runtime', mode });
  const types = typesOf(view, own, attempt);
  const loaded = new Map(outcome.names.map((each) => [each.name, each]));
  if (built.format === 'json' || built.format === 'asset') return [];
  return [...built.names.values()].flatMap((offered): readonly RuntimeMismatch[] => {
    if (offered.name === '__esModule' || offered.lost) return [];
    // For an ES module that imports CommonJS, `default` is all of `module.exports`, whatever its declarations call default.
    if (offered.name === 'default' && mode === 'import' && built.format === 'commonjs') return [];
    const declared = types?.names.get(offered.name);
    const promised = declared?.value ? kinds.of(declared.origin) : undefined;
    const kind = promised ?? kinds.of(offered.origin);
    const mismatch = mismatchOf(loaded.get(offered.name), kind, mode);
    if (!mismatch) return [];
    const byTypes = promised !== undefined;
    return [
      { attempt, name: offered.name, ...mismatch, byTypes, declared: (byTypes ? declared! : offered).origin },
    ];
  });
}

function typesOf(
  view: WorkspaceView,
  own: WorkspacePackage,
  { subpath, mode }: LoadAttempt,
): Surface | undefined {
  const entry = view.resolver.resolveEntry(own, subpath, { mode, phase: 'types' });
  if (entry.outcome !== 'file') return undefined;
  const { surfaces } = view;
  const look = viewOfEntry(surfaces.host, entry.file, `${own.name}${subpath.slice(1)}`, {
    phase: 'types',
    mode,
  });
  return surfaces.of(entry.file, look);
}

type Mismatch = Pick<RuntimeMismatch, 'kind' | 'reason'>;

function mismatchOf(
  loaded: LoadedName | undefined,
  kind: NameKind | undefined,
  mode: LoadAttempt['mode'],
): Mismatch | undefined {
  // `require` of CommonJS gives the value of `module.exports`, which may be any object.
  if (!loaded) return mode === 'import' ? { kind: 'absent' } : undefined;
  if (loaded.type === 'throws')
    return { kind: 'throws', ...(loaded.reason !== undefined && { reason: loaded.reason }) };
  if (loaded.type === 'undefined') return isDefinite(kind) ? { kind: 'undefined' } : undefined;
  if (kind === 'function' && loaded.type !== 'function') return { kind: 'not-callable' };
  if (kind === 'class' && loaded.type !== 'function') return { kind: 'not-callable' };
  return kind === 'class' && loaded.constructable === false ? { kind: 'not-constructable' } : undefined;
}

/** A variable may be undefined on purpose. */
function isDefinite(kind: NameKind | undefined): boolean {
  return kind === 'function' || kind === 'class' || kind === 'enum' || kind === 'object';
}
