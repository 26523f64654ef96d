import type { CallExpression, NewExpression, Node } from 'oxc-parser';
import type { FileReference } from '../../model/file-reference.js';
import { innermost, memberName, outermost } from '../tree/node.js';
import type { TreeIndex } from '../tree/tree-index.js';
import { isCaught, isConditional, isDeferred } from '../requests/guards.js';
import { hostPaths } from './host-paths.js';
import { importedName, pathValue } from './path-value.js';
import type { PathValue } from './path-value.js';
import { isConsumed, PROBES, READERS } from './path-uses.js';

/**
 * The files that code refers to by path: read from disk, started as a worker, used as a URL, or
 * imported by a partly computed path. Code that writes a file, creates a folder or tests for one
 * does not need it. If code tests for a file before it reads it, the failure is handled.
 */
export function fileReferences(index: TreeIndex): readonly FileReference[] {
  const provided = providedPaths(index);
  const found = [
    ...index.calls.flatMap((call) => ofCall(call, index)),
    ...index.news.flatMap((node) => ofNew(node, index)),
    ...index.dynamicImports.flatMap((node) => ofModulePath(node.source, node, index)),
    ...hostPaths(index).map(({ kind, path, at, user, unsure }) => ({
      ...reference(kind, path, 'module', at, user),
      ...(unsure && { conditional: unsure }),
    })),
  ];
  const byStart = new Map<number, FileReference>();
  for (const reference of found) {
    const known = byStart.get(reference.start);
    // A worker's URL is found twice: as a URL and as the worker's script.
    if (!known || known.kind === 'url') byStart.set(reference.start, withGuard(reference, provided));
  }
  return [...byStart.values()].toSorted((a, b) => a.start - b.start);
}

function withGuard(reference: FileReference, provided: ReadonlySet<string>): FileReference {
  return provided.has(reference.path) ? { ...reference, guarded: true } : reference;
}

/** Paths that the code tests for, creates or writes somewhere. */
function providedPaths(index: TreeIndex): ReadonlySet<string> {
  const calls = index.calls.filter(({ callee }) => PROBES.has(importedName(callee, index) ?? ''));
  return new Set(
    calls.flatMap((call) => {
      const value = pathValue(call.arguments[0], index);
      return value?.from === 'module' ? value.path : [];
    }),
  );
}

function ofCall(call: CallExpression, index: TreeIndex): readonly FileReference[] {
  const name = importedName(call.callee, index);
  const [first] = call.arguments;
  if (name === undefined || !first) return [];
  const value = (): PathValue | undefined => pathValue(first, index);
  if (READERS.has(name)) return fromModule('file', value(), first, call);
  if (name === 'fork') return fromModule('worker', value(), first, call);
  if (name === 'importScripts') {
    return call.arguments.flatMap((argument) =>
      scriptPath(pathValue(argument, index), argument, call, 'module'),
    );
  }
  if (name === 'register' && isServiceWorker(call))
    return scriptPath(value(), first, call, 'document').map((found) => ({ ...found, served: true }));
  if (index.isFree(innermost(call.callee), 'require')) return ofModulePath(first, call, index);
  return [];
}

function isServiceWorker({ callee }: CallExpression): boolean {
  const called = innermost(callee);
  const object = called.type === 'MemberExpression' ? innermost(called.object) : undefined;
  return object?.type === 'MemberExpression' && memberName(object)?.name === 'serviceWorker';
}

function ofNew(node: NewExpression, index: TreeIndex): readonly FileReference[] {
  const name = importedName(node.callee, index);
  const [first] = node.arguments;
  if (!first) return [];
  if ((name === 'Worker' || name === 'SharedWorker') && !isOwnClass(node.callee, index)) {
    const value = pathValue(first, index);
    // `new Worker('mails', …)` is a worker of a queue, not a script.
    if (value?.from === 'text' && !/[./]/.test(value.path)) return [];
    return value?.from === 'module'
      ? fromModule('worker', value, urlText(first, index), node)
      : scriptPath(value, urlText(first, index), node, 'document');
  }
  if (name !== 'URL') return [];
  const value = pathValue(node, index);
  if (!value || isConsumed(node, index)) return [];
  if (value.from === 'text') return value.path.startsWith('/') ? scriptPath(value, first, node, 'site') : [];
  return pathValue(first, index)?.from === 'module' ? [] : fromModule('url', value, first, node);
}

/** The text of the path in `new Worker(new URL('./x.js', import.meta.url))`. */
function urlText(node: Node, index: TreeIndex): Node {
  const inner = innermost(node);
  const isUrl = inner.type === 'NewExpression' && importedName(inner.callee, index) === 'URL';
  return isUrl && inner.arguments[0] ? urlText(inner.arguments[0], index) : node;
}

function isOwnClass(callee: Node, index: TreeIndex): boolean {
  const kind = index.bindingOf(innermost(callee))?.sites[0]?.kind;
  return kind === 'class' || kind === 'function';
}

/**
 * `require(join(__dirname, 'x'))` loads one module, ``import(`./locales/${x}.js`)`` one of several.
 */
function ofModulePath(source: Node | undefined, node: Node, index: TreeIndex): readonly FileReference[] {
  if (!source) return [];
  const value = pathValue(source, index);
  if (!value || value.own) return [];
  if (value.from === 'module')
    return fromModule(value.path.includes('*') ? 'glob' : 'file', value, source, node);
  const isGlob = value.path.includes('*') && /^\.{1,2}\/[^*]*[^*/.]/.test(value.path);
  return isGlob ? [reference('glob', value.path, 'module', source, node)] : [];
}

function fromModule(
  kind: FileReference['kind'],
  value: PathValue | undefined,
  at: Node,
  node: Node,
): readonly FileReference[] {
  // A slash at the end, or dots, mean a folder with any content.
  if (value?.from !== 'module' || value.own || /(^|\/)\.{0,2}$/.test(value.path)) return [];
  if (value.path.includes('*'))
    return kind === 'glob' ? [reference(kind, value.path, 'module', at, node)] : [];
  return [reference(kind, value.path, 'module', at, node)];
}

/** A path that browsers resolve as a URL. A URL with a scheme is outside of the output. */
function scriptPath(
  value: PathValue | undefined,
  at: Node,
  node: Node,
  base: FileReference['base'],
): readonly FileReference[] {
  if (value?.from !== 'text' || value.path.includes('*') || /^[a-z][a-z\d+.-]*:|^\/\/|^$/i.test(value.path))
    return [];
  const kind = base === 'site' ? 'url' : 'worker';
  const path = value.path.replace(/[?#].*$/s, '');
  return [reference(kind, path, path.startsWith('/') ? 'site' : base, at, node)];
}

function reference(
  kind: FileReference['kind'],
  path: string,
  base: FileReference['base'],
  at: Node,
  node: Node,
): FileReference {
  return {
    kind,
    path,
    base,
    guarded: isCaught(node) || isCaughtPromise(node),
    ...(isDeferred(node) && { deferred: true as const }),
    ...(isConditional(node) && { conditional: true as const }),
    start: at.start,
    end: at.end,
  };
}

/** `readFile(…).catch(…)`, `readFile(…).then(…, …)` */
function isCaughtPromise(node: Node): boolean {
  const whole = outermost(node);
  const { parent } = whole;
  if (parent?.type !== 'MemberExpression' || parent.object !== whole) return false;
  const call = outermost(parent).parent;
  if (call?.type !== 'CallExpression') return false;
  const name = memberName(parent)?.name;
  return (
    name === 'catch' ||
    (name === 'then' && call.arguments.length > 1) ||
    (name === 'then' && isCaughtPromise(call))
  );
}
