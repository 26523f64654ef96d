import type { Mode } from '../model/demand.js';
import { isRecord } from '../model/is-record.js';
import type {
  Consumer,
  NameKind,
  PackageSurface,
  SurfaceEntry,
  SurfaceName,
} from '../model/package-surface.js';
import type { FilePath } from '../model/place.js';
import type { OfferedName, Surface } from '../model/surface.js';
import type { EntryPoint, PackageJson, WorkspacePackage } from '../model/workspace.js';
import { forConsumers } from '../resolve/workspace-conditions.js';
import { viewOfEntry } from '../surface/ambient-entry.js';
import type { WorkspaceView } from '../workspace-view.js';
import type { DeclaredKinds } from './declared-kind.js';

/** What a package promises to those who install it, as built. */
export function packageSurface(
  view: WorkspaceView,
  own: WorkspacePackage,
  kinds: DeclaredKinds,
): PackageSurface {
  const json = own.published?.json ?? {};
  const entries = forConsumers(view.run.entryPointsOf(own))
    .filter(({ from }) => from !== 'paths')
    .map((entryPoint) => entryOf(view, own, entryPoint, kinds))
    .filter(({ consumers, subpath }) => consumers.length > 0 && !isByproduct(subpath));
  return {
    package: own.name ?? own.project,
    ...(typeof json.version === 'string' && { version: json.version }),
    engines: textsOf((json as { readonly engines?: unknown }).engines),
    peers: peersOf(json),
    entries: entries.toSorted((a, b) => (a.subpath < b.subpath ? -1 : 1)),
  };
}

/** A wildcard such as `./*` also offers files that no one imports. */
function isByproduct(subpath: string): boolean {
  return /\.map$|\.d\.[cm]?ts$|\.flow$|\.md$|\/(?:LICENSE|LICENCE|NOTICE|CHANGELOG|README)[^/]*$/i.test(
    subpath,
  );
}

/** Conditions that every consumer of a kind sets, so that they say nothing about who can import. */
const STANDARD = new Set([
  'import',
  'require',
  'types',
  'node',
  'default',
  'module',
  'module-sync',
  'node-addons',
]);

function entryOf(
  view: WorkspaceView,
  own: WorkspacePackage,
  { subpath, variants }: EntryPoint,
  kinds: DeclaredKinds,
): SurfaceEntry {
  const custom = variants
    .filter(({ exists }) => exists)
    .flatMap(({ conditions }) =>
      conditions.filter((condition) => !STANDARD.has(condition) && !condition.startsWith('types@')),
    );
  const found = (['import', 'require', 'types'] as const).flatMap((consumer) => {
    const surface = surfaceFor(view, own, subpath, consumer);
    return surface ? [[consumer, surface] as const] : [];
  });
  const surfaces = new Map<Consumer, Surface>(found);
  const consumers = [...surfaces.keys(), ...custom];
  const open = found.some(([, { unknownFacts }]) => unknownFacts.length > 0);
  return {
    subpath,
    consumers: [...new Set(consumers)].toSorted(),
    names: namesOf(surfaces, kinds),
    ...(open && { open: true as const }),
  };
}

function surfaceFor(
  { resolver, surfaces }: WorkspaceView,
  own: WorkspacePackage,
  subpath: string,
  consumer: 'import' | 'require' | 'types',
): Surface | undefined {
  const mode: Mode = consumer === 'require' ? 'require' : 'import';
  const phase = consumer === 'types' ? 'types' : 'runtime';
  const entry = resolver.resolveEntry(own, subpath, { mode, phase });
  if (entry.outcome !== 'file') return undefined;
  const specifier = `${own.name}${subpath.slice(1)}`;
  const look = viewOfEntry(surfaces.host, entry.file, specifier, { phase, mode });
  if (phase === 'types' && !isScript(entry.file)) return undefined;
  // A style sheet or a template can be imported, and exports nothing.
  return isScript(entry.file)
    ? surfaces.of(entry.file, look)
    : { file: entry.file, format: 'asset', names: new Map(), ambiguous: new Map(), unknownFacts: [] };
}

function isScript(file: FilePath): boolean {
  return /\.[cm]?[jt]sx?$/.test(file);
}

function namesOf(surfaces: ReadonlyMap<Consumer, Surface>, kinds: DeclaredKinds): readonly SurfaceName[] {
  const types = surfaces.get('types');
  const runtime = [...surfaces].filter(([consumer]) => consumer !== 'types');
  const all = new Set([...surfaces.values()].flatMap(({ names }) => [...names.keys()]));
  // The mark of compiled ES modules is no promise.
  all.delete('__esModule');
  return [...all].toSorted().map((name): SurfaceName => {
    const declared = types?.names.get(name);
    const built = runtime.map(([, surface]) => surface.names.get(name)).find((offered) => offered);
    const kind = kindOf(declared ?? built!, kinds);
    const isType = declared !== undefined && !declared.value;
    const missingFor = isType
      ? []
      : [...surfaces].filter(([, { names }]) => !names.has(name)).map(([consumer]) => consumer);
    return { name, kind, ...(missingFor.length > 0 && { missingFor }) };
  });
}

function kindOf(offered: OfferedName, kinds: DeclaredKinds): NameKind {
  if (!offered.value) return 'type';
  const kind = offered.namespaceOf === undefined ? kinds.of(offered.origin) : 'namespace';
  // A value and a type of one name: the place is that of the type.
  return kind === undefined || kind === 'type' ? 'value' : kind;
}

function textsOf(value: unknown): Readonly<Record<string, string>> {
  if (!isRecord(value)) return {};
  return Object.fromEntries(
    Object.entries(value).filter(
      (entry): entry is [string, string] => isOneLine(entry[0]) && isOneLine(entry[1]),
    ),
  );
}

function peersOf(json: PackageJson): PackageSurface['peers'] {
  const { peerDependenciesMeta } = json as { readonly peerDependenciesMeta?: unknown };
  const isOptional = (name: string): boolean => {
    const meta = isRecord(peerDependenciesMeta) ? peerDependenciesMeta[name] : undefined;
    return isRecord(meta) && meta['optional'] === true;
  };
  return Object.fromEntries(
    Object.entries(textsOf(json.peerDependencies)).map(([name, range]) => [
      name,
      { range, ...(isOptional(name) && { optional: true as const }) },
    ]),
  );
}

/** Other texts would break the lines of a surface file. */
function isOneLine(value: unknown): value is string {
  return typeof value === 'string' && value.trim() !== '' && !/[\n\r]/.test(value);
}
