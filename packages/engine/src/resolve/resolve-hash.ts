import type { FilePath } from '../model/place.js';
import type { WorkspacePackage } from '../model/workspace.js';
import type { Disk } from '../read/disk.js';
import { joinPath } from '../read/file-path.js';
import { packageScopeOf } from '../read/package-scope.js';
import { declarationsOfTarget } from './declaration-files.js';
import { conditionsOf } from './entry-outcome.js';
import type { ConsumerSettings } from './entry-outcome.js';
import { resolveImports, typesCandidates } from './exports-map.js';
import { nearFiles } from './near-files.js';
import { isCompiledSource, writtenFor } from './resolve-relative.js';
import type { RequestMode, Resolution } from './resolution.js';

/** What resolving `#x` needs besides the specifier. */
export interface HashContext {
  readonly disk: Disk;
  readonly settings: ConsumerSettings;
  readonly owner: WorkspacePackage | undefined;
}

/**
 * Resolves `#x` by the `imports` of the package.json that governs the importing file (Node's
 * PACKAGE_IMPORTS_RESOLVE). A specifier that this map does not list is opaque, because bundlers and
 * path aliases use such names too. A listed one is missing if it has no target under the importer's
 * conditions.
 *
 * @param bare resolves a target that names another package, from the package.json
 */
export function resolveHash(
  { disk, settings, owner }: HashContext,
  specifier: string,
  from: FilePath,
  ask: RequestMode,
  bare: (specifier: string, from: FilePath) => Resolution,
): Resolution {
  const scope = packageScopeOf(disk, from);
  const imports = scope?.manifest?.json.imports;
  if (!scope || typeof imports !== 'object' || imports === null) {
    return { kind: 'opaque', reason: `no "imports" field defines "${specifier}"` };
  }
  const asked = conditionsOf({ ...ask, ...settings });
  if (ask.phase === 'types') {
    for (const { path } of typesCandidates('imports', imports, specifier, asked).candidates) {
      const file = declarationsOfTarget(joinPath(scope.folder, path)).find((candidate) =>
        disk.isFile(candidate),
      );
      if (file !== undefined) return { kind: 'file', file };
    }
  }
  const resolution = resolveImports(imports, specifier, asked);
  if (resolution.outcome === 'package') return bare(resolution.specifier, scope.file);
  if (resolution.outcome !== 'target') {
    const reason = `"imports" of ${scope.file} has no target for "${specifier}"`;
    if (ask.phase === 'types' || resolution.outcome === 'invalid-target') return { kind: 'opaque', reason };
    if (resolution.outcome === 'not-listed')
      return { kind: 'opaque', reason, ...(resolution.offered.length > 0 && { unlisted: scope.file }) };
    const never = new Set([ask.mode === 'import' ? 'require' : 'import', 'types']);
    const value = (imports as Record<string, unknown>)[resolution.pattern];
    if (mayLead(value, asked, never) === 'leads')
      return { kind: 'opaque', reason, unlisted: scope.file, forBundlers: true };
    return { kind: 'missing', tried: scope.file, near: [], unserved: true };
  }
  const file = joinPath(scope.folder, resolution.path);
  if (disk.isFile(file)) return { kind: 'file', file };
  const source = isCompiledSource(from) ? writtenFor(disk, file) : undefined;
  if (source !== undefined) return { kind: 'file', file: source };
  return { kind: 'missing', tried: file, near: owner ? nearFiles(disk, owner, file) : [] };
}

/**
 * Whether a value of `imports` may have a target under conditions that bundlers set besides those
 * of Node; `ends`: no condition after it applies.
 */
function mayLead(
  value: unknown,
  asked: ReadonlySet<string>,
  never: ReadonlySet<string>,
): 'leads' | 'ends' | 'passes' {
  if (typeof value === 'string') return 'leads';
  if (value === null) return 'ends';
  if (Array.isArray(value))
    return value.some((element) => mayLead(element, asked, never) === 'leads') ? 'leads' : 'passes';
  for (const [condition, below] of Object.entries(value as object)) {
    if (never.has(condition)) continue;
    const came = mayLead(below, asked, never);
    const certain = condition === 'default' || asked.has(condition);
    if (came === 'leads' || (came === 'ends' && certain)) return came;
  }
  return 'passes';
}
