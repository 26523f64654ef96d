import { placeOf } from '../model/place.js';
import type { FilePath } from '../model/place.js';
import type { UnknownFact } from '../model/surface.js';
import type { ModuleStore } from '../parse/module-store.js';
import type { Disk } from '../read/disk.js';
import { formatOf } from '../read/package-scope.js';
import { askedFrom } from '../resolve/asked-from.js';
import type { Resolution } from '../resolve/resolution.js';
import type { Resolver } from '../resolve/resolver.js';
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
    follow(from, request, view) {
      const inner = viewInside(disk, modules, from, request.form, view);
      const resolution = resolver.resolve(request.specifier, askedFrom(from, request), inner);
      const unknown = (reason: string): Target => ({
        kind: 'unknown',
        unknownFact: unresolved(from, request, reason),
      });
      if (request.form === 'export-star' && isLost(resolver, resolution, request.specifier, from, view))
        return { kind: 'missing', near: [] };
      switch (resolution.kind) {
        case 'file':
          return { kind: 'file', file: resolution.file, view: inner };
        case 'package':
          return resolution.entry.outcome === 'file'
            ? { kind: 'file', file: resolution.entry.file, view: inner }
            : { kind: 'refused' };
        case 'missing':
          return {
            kind: 'missing',
            near: resolution.near,
            ...(resolution.unserved && { unserved: resolution.tried }),
          };
        case 'builtin':
          return unknown(`"${request.specifier}" is built into the platform`);
        case 'external':
          return resolution.file === undefined
            ? unknown(`"${request.specifier}" is not installed`)
            : { kind: 'file', file: resolution.file, view: inner };
        case 'opaque':
          return {
            ...unknown(resolution.reason),
            ...(resolution.unlisted !== undefined && { unlisted: resolution.unlisted }),
          };
      }
    },
  };
}

/**
 * Whether `export *` in built declarations passes nothing on, because only the project's own configuration knows the alias. If
 * the workspace's configuration declares it, TypeScript may resolve it for other projects as well.
 */
function isLost(
  resolver: Resolver,
  resolution: Resolution,
  specifier: string,
  from: FilePath,
  { phase }: View,
): boolean {
  if (phase !== 'types' || (resolution.kind !== 'opaque' && resolution.kind !== 'external')) return false;
  if (resolution.kind === 'external' && resolution.file !== undefined) return false;
  const alias = resolver.leftAlias(specifier, from);
  return alias !== undefined && !alias.shared;
}

/**
 * How a module loads the next one. The form of the request decides, and for declarations their own
 * format.
 */
function viewInside(disk: Disk, modules: ModuleStore, from: FilePath, form: string, view: View): View {
  if (form === 'require' || form === 'import-equals' || form === 'require-resolve')
    return { phase: view.phase, mode: 'require' };
  if (view.phase === 'runtime') return { phase: 'runtime', mode: 'import' };
  const record = modules.record(from);
  const esm = record !== undefined && formatOf(disk, from, record.hasModuleSyntax) === 'esm';
  return { phase: 'types', mode: esm ? 'import' : view.mode };
}

function unresolved(file: FilePath, span: { start: number; end: number }, reason: string): UnknownFact {
  return { kind: 'unresolved-star', reason, place: placeOf(file, span) };
}
