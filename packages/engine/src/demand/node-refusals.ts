import { isBuiltin } from 'node:module';
import type { ModuleRecord, ModuleRequest } from '../model/module-record.js';
import type { NodeRefusal } from '../model/node-refusal.js';
import type { FilePath } from '../model/place.js';
import type { Resolver } from '../resolve/resolver.js';
import { placeOf } from '../surface/follow.js';

/** What looking for refusals needs to know of the world. */
export interface NodeView {
  readonly resolver: Resolver;
  record(file: FilePath): ModuleRecord | undefined;
  text(file: FilePath): string | undefined;
  inside(file: FilePath): boolean;
}

/**
 * What Node refuses in the ES modules that it loads from the given entry files: relative imports without the extension or of
 * a folder (Node's documentation, "Mandatory file extensions"), JSON without its attribute ("JSON modules"), variables that
 * only CommonJS has. None where no ES module among them asks for one of Node's own modules: such output is on its way to a
 * bundler, or to a browser.
 *
 * @param entries the files that Node comes to by the package's entry points, commands and built applications
 */
export function nodeRefusals(world: NodeView, entries: readonly FilePath[]): readonly NodeRefusal[] {
  const reached = reachedByNode(world, entries);
  const modules = [...reached].flatMap(([file, atLoad]) => {
    const record = world.record(file);
    return record && isEsModule(record) ? [{ file, atLoad, record }] : [];
  });
  if (!modules.some(({ record }) => asksForNode(record))) return [];
  return modules.flatMap(({ file, atLoad, record }) => [
    ...record.requests.flatMap((request) => requestRefusal(world, file, request, atLoad)),
    ...(record.wrapperUses ?? []).map((use): NodeRefusal => ({
      kind: 'wrapper-variable',
      place: placeOf(file, use),
      name: use.name,
      ...(use.specifier !== undefined && { specifier: use.specifier }),
      certain: atLoad && use.deferred !== true,
    })),
  ]);
}

/** Every file that is reached; `true` for those that loading an entry file reaches for certain. */
function reachedByNode(world: NodeView, entries: readonly FilePath[]): ReadonlyMap<FilePath, boolean> {
  const reached = new Map<FilePath, boolean>();
  const pending = entries.map((file) => ({ file, atLoad: true }));
  for (let next = pending.pop(); next; next = pending.pop()) {
    const { file, atLoad } = next;
    const before = reached.get(file);
    if (before === true || (before === false && !atLoad) || !world.inside(file)) continue;
    const record = world.record(file);
    if (record?.language !== 'js') continue;
    reached.set(file, atLoad);
    for (const request of record.requests) {
      const certain =
        isStatic(request) || (request.form === 'require' && !request.deferred && !request.guarded);
      if (!certain && !isLate(request)) continue;
      const target = follow(world, file, request);
      if (target?.kind === 'file') pending.push({ file: target.file, atLoad: atLoad && certain });
    }
  }
  return reached;
}

function requestRefusal(
  world: NodeView,
  file: FilePath,
  request: ModuleRequest,
  atLoad: boolean,
): readonly NodeRefusal[] {
  if (request.guarded || !(isStatic(request) || request.form === 'dynamic-import')) return [];
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

function follow(world: NodeView, file: FilePath, request: ModuleRequest) {
  if (!/^\.{1,2}\//.test(request.specifier) && !/^\.{1,2}$/.test(request.specifier)) return undefined;
  const mode = request.form === 'require' ? 'require' : 'import';
  return world.resolver.resolve(request.specifier, file, { mode, phase: 'runtime' });
}

/** `with { type: 'json' }` after the specifier, or a second argument of `import()`. */
function hasAttributes(world: NodeView, file: FilePath, request: ModuleRequest): boolean {
  const after = world.text(file)?.slice(request.end, request.end + 200) ?? '';
  return /^\s*(?:with|assert|,)\s*\{/.test(after);
}

function isEsModule(record: ModuleRecord): boolean {
  return record.language === 'js' && record.hasModuleSyntax;
}

function asksForNode({ requests, wrapperUses = [] }: ModuleRecord): boolean {
  const builtin = (specifier?: string): boolean => specifier !== undefined && isBuiltin(specifier);
  return (
    requests.some(({ specifier, guarded }) => !guarded && builtin(specifier)) ||
    wrapperUses.some(({ specifier }) => builtin(specifier))
  );
}

function isStatic({ form }: ModuleRequest): boolean {
  return form === 'import' || form === 'export-from' || form === 'export-star';
}

function isLate({ form }: ModuleRequest): boolean {
  return form === 'dynamic-import' || form === 'require';
}
