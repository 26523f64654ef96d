import type { Reference, ReferenceKind } from '../model/bundle-trace.js';
import type { ModuleRecord, ModuleRequest } from '../model/module-record.js';
import { placeOf } from '../model/place.js';
import type { FilePath } from '../model/place.js';
import { askedFrom } from '../resolve/asked-from.js';
import { typesPackageIn } from '../resolve/installed-types.js';
import { packageNameIn } from '../resolve/path-alias.js';
import type { Resolver } from '../resolve/resolver.js';
import type { RequestMode, Resolution } from '../resolve/resolution.js';
import type { FoundReference } from './found-reference.js';
import type { Redirects } from './redirects.js';
import type { Site } from './site.js';

/**
 * Requests that load a module, and those that only resolve a file. The rest (mocks, augmentations)
 * load nothing.
 */
const KINDS: Partial<Record<ModuleRequest['form'], ReferenceKind>> = {
  import: 'module',
  'export-from': 'module',
  'export-star': 'module',
  'dynamic-import': 'module',
  require: 'module',
  'import-equals': 'module',
  'import-type': 'module',
  reference: 'types',
  'meta-resolve': 'url',
  'require-resolve': 'url',
};

const REQUIRING = new Set<ModuleRequest['form']>(['require', 'require-resolve', 'import-equals']);

/** Resolves the requests in a package's output. */
export interface RequestWorld {
  readonly resolver: Resolver;
  readonly site: Site;
  readonly redirects: Redirects;
}

/** What one module's requests resolve to. */
export function requestReferences(
  world: RequestWorld,
  file: FilePath,
  record: ModuleRecord,
): readonly FoundReference[] {
  return record.requests.flatMap((request) => {
    const kind = KINDS[request.form];
    return kind ? (found(world, file, record, request, kind) ?? []) : [];
  });
}

function found(
  { resolver, site, redirects }: RequestWorld,
  file: FilePath,
  record: ModuleRecord,
  request: ModuleRequest,
  kind: ReferenceKind,
): FoundReference | undefined {
  const types = record.language === 'dts';
  const named = types ? fateOfNames(record, request) : undefined;
  const reference = {
    ...referenceOf(file, request, types ? 'types' : kind, types),
    ...(named && { names: named }),
    ...(types && augments(record, request) && { augments: true as const }),
  };
  const redirected = redirects.of(request);
  if (redirected)
    return redirected.exists
      ? { outcome: 'file', reference, file: redirected.file }
      : { outcome: 'missing', reference, target: redirected.file, near: [] };
  const specifier = withoutQuery(request.specifier);
  if (specifier.startsWith('/') && !types) return site.resolve(reference, specifier);
  const ask: RequestMode = {
    phase: types ? 'types' : 'runtime',
    mode: REQUIRING.has(request.form) ? 'require' : 'import',
  };
  const from = askedFrom(file, request);
  // Such a request looks in another package, for what that package has.
  if (from !== file && resolver.workspacePackageOf(from) !== resolver.workspacePackageOf(file))
    return undefined;
  const resolution = resolver.resolve(specifier, from, ask);
  const isOpen = resolution.kind === 'opaque' || (resolution.kind === 'external' && !resolution.file);
  const alias = isOpen && request.form !== 'reference' ? resolver.leftAlias(specifier, from) : undefined;
  if (alias) return { outcome: 'left-alias', reference, alias };
  return outcomeOf(resolution, reference, request, specifier);
}

function outcomeOf(
  resolution: Resolution,
  reference: Reference,
  request: ModuleRequest,
  specifier: string,
): FoundReference | undefined {
  switch (resolution.kind) {
    case 'file':
      if (reference.kind === 'types' && isUntyped(resolution.file) && asksForNames(request)) {
        const target = resolution.file.replace(/\.([cm]?)jsx?$/, '.d.$1ts');
        return {
          outcome: 'missing',
          reference: { ...reference, soft: true },
          target,
          near: [],
          untyped: true,
        };
      }
      return { outcome: 'file', reference, file: resolution.file };
    case 'missing':
      return {
        outcome: 'missing',
        reference,
        target: resolution.tried,
        near: resolution.near,
        ...(resolution.unserved && { unserved: resolution.tried }),
      };
    case 'package':
    case 'external': {
      // The manifest itself names the packages that `imports` maps to.
      if (specifier.startsWith('#') || isPlatformTypes(request)) return undefined;
      const packageName = packageNameIn(specifier);
      const project = resolution.kind === 'package' ? resolution.pkg.project : undefined;
      const typesFrom =
        reference.typesOnly && resolution.kind === 'external' ? typesPackageIn(resolution.file) : undefined;
      return {
        outcome: 'external',
        reference,
        packageName,
        ...(project !== undefined && { project }),
        ...(typesFrom !== undefined && { typesFrom }),
      };
    }
    case 'builtin':
    case 'opaque':
      return undefined;
  }
}

/** What TypeScript finds without declarations: for a package's users such a module is `any`. */
export function isUntyped(file: FilePath): boolean {
  return /\.[cm]?jsx?$/.test(file);
}

/** `import './x.js'` needs nothing from declarations. */
function asksForNames({ form, names, namespace }: ModuleRequest): boolean {
  return names.length > 0 || namespace !== undefined || form !== 'import';
}

/** A re-export, or a reference to ambient declarations, offers the names to every importer of the module. */
function fateOfNames({ requests, exports }: ModuleRecord, request: ModuleRequest): Reference['names'] {
  if (request.form === 'reference') return 'exported';
  if (!asksForNames(request)) return 'none';
  const isExported = exports.some(
    (entry) => 'request' in entry && entry.request !== undefined && requests[entry.request] === request,
  );
  return isExported ? 'exported' : undefined;
}

function augments({ ambientModules }: ModuleRecord, { specifier }: ModuleRequest): boolean {
  return ambientModules.some((module) => module.augments && module.specifier === specifier);
}

/**
 * `/// <reference types="node" />`: the platform's own types, which compilers write by themselves.
 */
function isPlatformTypes({ form, specifier }: ModuleRequest): boolean {
  return form === 'reference' && specifier === 'node';
}

function referenceOf(file: FilePath, request: ModuleRequest, kind: ReferenceKind, types: boolean): Reference {
  const { specifier, guarded, deferred, conditional } = request;
  return {
    place: placeOf(file, request),
    specifier,
    kind,
    soft: guarded || conditional === true,
    ...(REQUIRING.has(request.form) && { required: true as const }),
    ...(guarded && { guarded }),
    ...(deferred && { deferred }),
    typesOnly: types || request.typeOnly,
  };
}

/**
 * Node and browsers resolve `./x.js?v=1` to the file x.js; a `#` at the start is a subpath import.
 */
function withoutQuery(specifier: string): string {
  return /^\.{0,2}\//.test(specifier) ? specifier.replace(/[?#].*$/s, '') : specifier;
}
