import { isBuiltin } from 'node:module';
import type { ModuleRecord, ModuleRequest, WrapperUse } from '../model/module-record.js';
import type { NodeRefusal } from '../model/node-refusal.js';
import { placeOf } from '../model/place.js';
import type { FilePath } from '../model/place.js';
import { askedFrom } from '../resolve/asked-from.js';
import type { Resolver } from '../resolve/resolver.js';
import { formatOf, packageScopeOf } from '../read/package-scope.js';
import type { TextScan } from '../text-scan/scan-text.js';
import { isStatic } from './link-errors.js';

/** What the search for refusals needs from outside. */
export interface NodeView {
  readonly resolver: Resolver;
  record(file: FilePath): ModuleRecord | undefined;
  text(file: FilePath): string | undefined;
  scan(file: FilePath): TextScan | undefined;
  /** The uses of CommonJS variables in a file, as if it were an ES module. */
  wrapperUses(file: FilePath): readonly WrapperUse[];
  /**
   * Whether a file belongs to the checked package, or to another workspace package that Node loads.
   */
  inside(file: FilePath): 'own' | 'other' | undefined;
  /** The file of another workspace package that a request by name resolves to. */
  entryOf(file: FilePath, request: ModuleRequest): FilePath | undefined;
}

/**
 * What Node refuses in the modules that it loads from the given entry files. ES module syntax in a
 * file that is CommonJS by its extension or by a `type` (Node's documentation, "Determining module
 * system"). In ES modules: relative imports without an extension or of a folder ("Mandatory file
 * extensions"), JSON without its attribute ("JSON modules"), and variables that only CommonJS has.
 * There are none if no sign says that Node runs the output: a bundler or a browser may load it.
 *
 * @param entries the files that Node loads through the package's entry points, commands and built
 *   applications
 * @param runsOnNode whether signs outside of these modules say that Node runs the package's output
 * @param isSound whether an entry file of another package is proved to load nothing that Node
 *   refuses
 */
export function nodeRefusals(
  world: NodeView,
  entries: readonly FilePath[],
  runsOnNode: boolean,
  isSound: (entry: FilePath) => boolean,
): readonly NodeRefusal[] {
  if (!runsOnNode) {
    const own = reachedByNode(world, entries, () => false);
    if (![...own.keys()].some((file) => asksForNode(world.record(file)!))) return [];
  }
  const reached = reachedByNode(world, entries, (entry) => !isSound(entry));
  return [...reached].flatMap(([file, { atLoad, through }]) =>
    refusalsIn(world, file, atLoad).map((refusal) => ({ ...refusal, ...(through && { through }) })),
  );
}

/** The files of one package that Node reaches from entry files, whatever it may refuse on the way. */
export function reachedInside(
  world: Pick<NodeView, 'resolver' | 'record' | 'inside' | 'entryOf'>,
  entries: readonly FilePath[],
): ReadonlySet<FilePath> {
  return new Set(reachedByNode(world, entries, () => false).keys());
}

/** What Node refuses in one file that it loads. */
export function refusalsIn(world: NodeView, file: FilePath, atLoad: boolean): readonly NodeRefusal[] {
  const record = world.record(file)!;
  const { hasModuleSyntax } = record;
  const isEsm = formatOf(world.resolver.disk, file, hasModuleSyntax) === 'esm';
  if (!isEsm && !hasModuleSyntax) return [];
  if (!isEsm) {
    const scope = file.endsWith('.cjs') ? undefined : packageScopeOf(world.resolver.disk, file)!.file;
    const place = placeOf(file, firstSyntax(record));
    return [{ kind: 'module-syntax', place, certain: atLoad, ...(scope !== undefined && { scope }) }];
  }
  const uses = record.commonjs ? world.wrapperUses(file) : (record.wrapperUses ?? []);
  const first = uses.find(
    ({ name, deferred, specifier }) => !deferred && specifier === undefined && OF_COMMONJS.has(name),
  );
  if (first && !hasModuleSyntax) {
    const scope = file.endsWith('.mjs') ? undefined : packageScopeOf(world.resolver.disk, file)!.file;
    const place = placeOf(file, first);
    const common = { place, name: first.name, certain: atLoad };
    return [{ kind: 'commonjs-code', ...common, ...(scope !== undefined && { scope }) }];
  }
  return [
    ...record.requests.flatMap((request) => requestRefusal(world, file, request, atLoad)),
    ...uses.map((use): NodeRefusal => ({
      kind: 'wrapper-variable',
      place: placeOf(file, use),
      name: use.name,
      ...(use.specifier !== undefined && { specifier: use.specifier }),
      certain: atLoad && use.deferred !== true,
    })),
  ];
}

/** The variables without which no file is CommonJS. */
const OF_COMMONJS: ReadonlySet<string> = new Set(['exports', 'module', 'require']);

export interface Reached {
  /** Loading an entry file always loads it. */
  readonly atLoad: boolean;
  readonly through?: NodeRefusal['through'];
}

/**
 * Every reached file, with the first path to it that always loads, if there is one.
 *
 * @param isEntered whether to follow an entry file of another package
 */
export function reachedByNode(
  world: Pick<NodeView, 'resolver' | 'record' | 'inside' | 'entryOf'>,
  entries: readonly FilePath[],
  isEntered: (entry: FilePath) => boolean,
): ReadonlyMap<FilePath, Reached> {
  const reached = new Map<FilePath, Reached>();
  const pending = entries.map((file): Reached & { file: FilePath } => ({ file, atLoad: true }));
  for (let next = pending.pop(); next; next = pending.pop()) {
    const { file, ...way } = next;
    const before = reached.get(file);
    if (before?.atLoad || (before && !way.atLoad) || !world.inside(file)) continue;
    const record = world.record(file);
    if (record?.language !== 'js') continue;
    reached.set(file, way);
    // Node stops at a syntax error.
    const format = formatOf(world.resolver.disk, file, record.hasModuleSyntax);
    if (record.hasModuleSyntax && format === 'commonjs') continue;
    for (const request of record.requests) {
      const target = loadedFile(world, file, request);
      if (!target || (target.named && !isEntered(target.file))) continue;
      const { specifier } = request;
      const asked = target.named ? { place: placeOf(file, request), specifier } : undefined;
      const through = way.through ?? asked;
      const atLoad = way.atLoad && target.certain;
      pending.push({ file: target.file, atLoad, ...(through && { through }) });
    }
  }
  return reached;
}

/** The workspace file that Node loads for a request, if there is one. */
export function loadedFile(
  world: Pick<NodeView, 'resolver' | 'entryOf'>,
  file: FilePath,
  request: ModuleRequest,
): { readonly file: FilePath; readonly certain: boolean; readonly named: boolean } | undefined {
  const isRequired = request.form === 'require' && !request.deferred && !request.guarded;
  const certain = isStatic(request) || isRequired;
  if (!certain && !isLate(request)) return undefined;
  const target = follow(world, file, request);
  if (target) return target.kind === 'file' ? { file: target.file, certain, named: false } : undefined;
  const entry = world.entryOf(file, request);
  return entry === undefined ? undefined : { file: entry, certain, named: true };
}

/** The first statement that only ES modules have. */
export function firstSyntax({ requests, exports }: ModuleRecord): {
  readonly start: number;
  readonly end: number;
} {
  const spans = [...requests.filter(isStatic), ...exports];
  return spans.toSorted((a, b) => a.start - b.start)[0] ?? { start: 0, end: 0 };
}

function requestRefusal(
  world: NodeView,
  file: FilePath,
  request: ModuleRequest,
  atLoad: boolean,
): readonly NodeRefusal[] {
  if (request.guarded || !(isStatic(request) || request.form === 'dynamic-import')) return [];
  const json = packagedJson(world, file, request);
  if (json !== undefined && !hasAttributes(world, file, request)) {
    const common = { place: placeOf(file, request), certain: atLoad && isStatic(request) };
    return [{ kind: 'json-attribute', ...common, specifier: request.specifier, target: json }];
  }
  const target = follow(world, file, request);
  if (target?.kind !== 'file') return [];
  const found = { specifier: request.specifier, target: target.file };
  const common = { place: placeOf(file, request), certain: atLoad && isStatic(request) };
  if (target.extensionless) {
    const folder = world.resolver.disk.kindOf(target.file.replace(/\/[^/]*$/, ''));
    const wanted = target.file.replace(/^.*\//, '');
    const named = request.specifier.replace(/\/+$/, '').replace(/^.*\//, '');
    const isFolder = folder === 'directory' && !wanted.startsWith(`${named}.`);
    return [{ kind: isFolder ? 'folder' : 'extension', ...common, ...found }];
  }
  if (!target.file.endsWith('.json') || hasAttributes(world, file, request)) return [];
  return [{ kind: 'json-attribute', ...common, ...found }];
}

/** The JSON file of a package, or of `imports`, that a request names. */
function packagedJson(world: NodeView, file: FilePath, { specifier }: ModuleRequest): FilePath | undefined {
  if (/^\.{1,2}\//.test(specifier) || !/^#|\.json$/.test(specifier)) return undefined;
  const found = world.resolver.resolve(specifier, file, { mode: 'import', phase: 'runtime' });
  const target =
    found.kind === 'package' && found.entry.outcome === 'file'
      ? found.entry.file
      : found.kind === 'file' || found.kind === 'external'
        ? found.file
        : undefined;
  return target?.endsWith('.json') ? target : undefined;
}

function follow(world: Pick<NodeView, 'resolver'>, file: FilePath, request: ModuleRequest) {
  if (!/^\.{1,2}\//.test(request.specifier) && !/^\.{1,2}$/.test(request.specifier)) return undefined;
  const mode = request.form === 'require' ? 'require' : 'import';
  return world.resolver.resolve(request.specifier, askedFrom(file, request), { mode, phase: 'runtime' });
}

/** `with { type: 'json' }` after the specifier, or a second argument of `import()`. */
function hasAttributes(world: NodeView, file: FilePath, request: ModuleRequest): boolean {
  const after = world.text(file)?.slice(request.end, request.end + 200) ?? '';
  return /^\s*(?:with|assert|,)\s*\{/.test(after);
}

function asksForNode({ requests, wrapperUses = [] }: ModuleRecord): boolean {
  const builtin = (specifier?: string): boolean => specifier !== undefined && isBuiltin(specifier);
  return (
    requests.some(({ specifier, guarded }) => !guarded && builtin(specifier)) ||
    wrapperUses.some(({ specifier }) => builtin(specifier))
  );
}

function isLate({ form }: ModuleRequest): boolean {
  return form === 'dynamic-import' || form === 'require';
}
