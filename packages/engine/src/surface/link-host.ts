import type { LeftAlias } from '../model/left-alias.js';
import type { ModuleRecord } from '../model/module-record.js';
import { placeOf } from '../model/place.js';
import type { FilePath } from '../model/place.js';
import type { UnknownFact } from '../model/surface.js';
import type { ModuleStore } from '../parse/module-store.js';
import type { Disk } from '../read/disk.js';
import { formatOf } from '../read/package-scope.js';
import { askedFrom } from '../resolve/asked-from.js';
import type { Resolution } from '../resolve/resolution.js';
import { lacksExtension } from '../resolve/declaration-files.js';
import type { Resolver } from '../resolve/resolver.js';
import { viewOfEntry } from './ambient-entry.js';
import type { LinkHost, Target } from './follow.js';
import type { View } from './view.js';

/**
 * What linking needs from outside: records from the module store, and requests resolved by the
 * resolver.
 */
export function createLinkHost(disk: Disk, modules: ModuleStore, resolver: Resolver): LinkHost {
  return {
    leftAlias: (file, specifier) => resolver.leftAlias(specifier, file),
    record: (file) => modules.record(file),
    formatOf: (file, record) => formatOf(disk, file, record.hasModuleSyntax),
    valueMembers: (file, name) => modules.valueMembers(file, name),
    addedNames: (file) => modules.addedNames(file),
    follow(from, request, view) {
      const inner = viewInside(disk, modules, from, request.form, view);
      const resolution = resolver.resolve(request.specifier, askedFrom(from, request), inner);
      const unknown = (reason: string): Target => ({
        kind: 'unknown',
        unknownFact: unresolved(from, request, reason),
      });
      const alias =
        request.form === 'export-star'
          ? losingAlias(resolver, resolution, request.specifier, from, view)
          : undefined;
      if (alias) return { kind: 'missing', target: request.specifier, near: [], alias };
      const record = (file: FilePath): ModuleRecord | undefined => modules.record(file);
      const viewOf = (file: FilePath): View => viewOfEntry({ record }, file, request.specifier, inner);
      switch (resolution.kind) {
        case 'file':
          if (inner.nodenext && inner.mode === 'import' && lacksExtension(from, request, resolution.file))
            return { kind: 'missing', target: resolution.file, near: [resolution.file], extensionless: true };
          return { kind: 'file', file: resolution.file, view: inner };
        case 'package':
          return resolution.entry.outcome === 'file'
            ? { kind: 'file', file: resolution.entry.file, view: viewOf(resolution.entry.file) }
            : { kind: 'refused' };
        case 'missing':
          return {
            kind: 'missing',
            target: resolution.tried,
            near: resolution.near,
            ...(resolution.unserved && { unserved: resolution.tried }),
          };
        case 'builtin':
          return unknown(`"${request.specifier}" is built into the platform`);
        case 'external':
          return resolution.file === undefined
            ? unknown(`"${request.specifier}" is not installed`)
            : { kind: 'file', file: resolution.file, view: viewOf(resolution.file) };
        case 'opaque': {
          const { reason, unlisted, forBundlers } = resolution;
          if (unlisted === undefined) return unknown(reason);
          const unknownFact = { ...unresolved(from, request, reason), unlisted: true as const };
          return { kind: 'unknown', unknownFact, unlisted, ...(forBundlers && { forBundlers }) };
        }
      }
    },
  };
}

/**
 * The alias that keeps `export *` in built declarations from passing names on: only the project's own configuration knows it. If
 * the workspace's configuration declares it, TypeScript may resolve it for other projects as well.
 */
function losingAlias(
  resolver: Resolver,
  resolution: Resolution,
  specifier: string,
  from: FilePath,
  { phase }: View,
): LeftAlias | undefined {
  if (phase !== 'types' || (resolution.kind !== 'opaque' && resolution.kind !== 'external')) return undefined;
  if (resolution.kind === 'external' && resolution.file !== undefined) return undefined;
  const alias = resolver.leftAlias(specifier, from);
  return alias?.shared ? undefined : alias;
}

/**
 * How a module loads the next one. The form of the request decides, and for declarations their own
 * format.
 */
function viewInside(disk: Disk, modules: ModuleStore, from: FilePath, form: string, view: View): View {
  if (form === 'require' || form === 'import-equals' || form === 'require-resolve')
    return { phase: view.phase, mode: 'require', ...nodenextOf(view) };
  if (view.phase === 'runtime') return { phase: 'runtime', mode: 'import' };
  const record = modules.record(from);
  const esm = record !== undefined && formatOf(disk, from, record.hasModuleSyntax) === 'esm';
  // A script that is found from an ES module is CommonJS, whose `import` statements are calls of require.
  return {
    phase: 'types',
    mode: esm ? 'import' : view.nodenext ? 'require' : view.mode,
    ...nodenextOf(view),
  };
}

function nodenextOf({ nodenext }: View): Pick<View, 'nodenext'> {
  return nodenext ? { nodenext } : {};
}

function unresolved(file: FilePath, span: { start: number; end: number }, reason: string): UnknownFact {
  return { kind: 'unresolved-star', reason, place: placeOf(file, span) };
}
