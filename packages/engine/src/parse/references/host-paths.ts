import type { CallExpression, NewExpression, Node } from 'oxc-parser';
import type { FileReference } from '../../model/file-reference.js';
import { constantString, innermost, memberName, outermost } from '../tree/node.js';
import type { TreeIndex } from '../tree/tree-index.js';
import { importedName, pathValue } from './path-value.js';

/** A path that code hands to something else, which loads the file. */
export interface HostPath {
  readonly kind: Extract<FileReference['kind'], 'program' | 'path'>;
  readonly path: string;
  /** The text of the path. */
  readonly at: Node;
  /** What hands it over. */
  readonly user: Node;
  /** The host may write the file as well. */
  readonly unsure?: true;
}

const PATH_MAKERS: ReadonlySet<string> = new Set([
  'join',
  'resolve',
  'joinPath',
  'fileURLToPath',
  'pathToFileURL',
]);

/** Methods that load the file whose path they get. */
const LOADERS: ReadonlySet<string> = new Set(['loadFile', 'loadURL', 'sendFile']);
const SPAWNERS: ReadonlySet<string> = new Set(['spawn', 'spawnSync', 'execFile', 'execFileSync']);

/** Options that name a script to load: of windows, worker pools, clusters, queues and test runners. */
const SCRIPT_OPTIONS: ReadonlySet<string> = new Set([
  'preload',
  'preloads',
  'filename',
  'script',
  'exec',
  'worker',
  'workerFile',
  'workerPath',
  'processor',
  'entry',
  'handler',
  'globalSetup',
  'globalTeardown',
  'setupFiles',
]);
const SCRIPT = /\.[cm]?js$/;

/** The constant paths that a module makes from its own place and hands to a host, directly or through one variable. */
export function hostPaths(index: TreeIndex): readonly HostPath[] {
  const made = index.calls.filter(({ callee }) => PATH_MAKERS.has(importedName(callee, index) ?? ''));
  const starts: readonly Node[] = [...made, ...index.freeReferences('__dirname')];
  const paths = new Set(starts.map((start) => wholePath(start, index)));
  const found = [...paths].flatMap((node) => {
    const value = pathValue(node, index);
    if (value?.from !== 'module' || value.own || !/[^./*][^/*]*\.\w+$/.test(value.path)) return [];
    if (value.path.includes('*')) return [];
    return usesOf(node, index).flatMap((use) => {
      const handed = handOver(use, value.path, index);
      return handed ? [{ ...handed, path: value.path, at: node }] : [];
    });
  });
  return [...found, ...index.calls.flatMap((call) => registered(call, index))];
}

/** The largest expression around a part of a path that still makes a path. */
function wholePath(part: Node, index: TreeIndex): Node {
  const node = outermost(part);
  const { parent } = node;
  const grows =
    parent?.type === 'TemplateLiteral' ||
    (parent?.type === 'BinaryExpression' && parent.operator === '+') ||
    (parent?.type === 'CallExpression' &&
      parent.callee !== node &&
      PATH_MAKERS.has(importedName(parent.callee, index) ?? ''));
  return grows ? wholePath(parent, index) : node;
}

function usesOf(node: Node, index: TreeIndex): readonly Node[] {
  const { parent } = node;
  if (parent?.type !== 'VariableDeclarator' || parent.init !== node || parent.id.type !== 'Identifier')
    return [node];
  const binding = index.bindingAt(parent.id.start);
  return binding ? index.referencesTo(binding).map(outermost) : [];
}

function handOver(
  node: Node,
  path: string,
  index: TreeIndex,
): Pick<HostPath, 'kind' | 'user' | 'unsure'> | undefined {
  const { parent } = node;
  if (parent?.type === 'Property' && parent.value === node) return ofOption(parent, node, path);
  if (parent?.type === 'ArrayExpression') {
    const { parent: holder } = parent;
    if (holder?.type === 'Property' && holder.value === parent) return ofOption(holder, node, path);
    return holder?.type === 'CallExpression' && startsNode(holder, parent, index)
      ? { kind: 'program', user: node }
      : undefined;
  }
  if (parent?.type === 'CallExpression' && parent.arguments[0] === node) {
    const name = importedName(parent.callee, index) ?? '';
    const loads = LOADERS.has(name) && innermost(parent.callee).type === 'MemberExpression';
    return loads ? { kind: 'path', user: parent } : undefined;
  }
  // `new Queue('mails', join(__dirname, 'send.js'))`: workers and URLs have references of their own.
  if (parent?.type === 'NewExpression' && isLater(parent, node) && SCRIPT.test(path))
    return { kind: 'path', user: parent, unsure: true };
  return undefined;
}

function isLater({ arguments: given }: NewExpression, node: Node): boolean {
  return given.some((argument, at) => at > 0 && argument === node);
}

function ofOption(property: Node, node: Node, path: string): Pick<HostPath, 'kind' | 'user'> | undefined {
  if (property.type !== 'Property' || property.computed) return undefined;
  const { key } = property;
  const name = key.type === 'Identifier' ? key.name : constantString(key);
  return name !== undefined && SCRIPT_OPTIONS.has(name) && SCRIPT.test(path)
    ? { kind: 'path', user: node }
    : undefined;
}

/** `spawn(process.execPath, [path])`, `spawn('node', [path])` */
function startsNode(call: CallExpression, list: Node, index: TreeIndex): boolean {
  const [command] = call.arguments;
  if (!command || call.arguments[1] !== list) return false;
  if (!SPAWNERS.has(importedName(call.callee, index) ?? '')) return false;
  const program = innermost(command);
  if (constantString(program) === 'node') return true;
  return (
    program.type === 'MemberExpression' &&
    index.isFree(innermost(program.object), 'process') &&
    /^(?:execPath|argv0)$/.test(memberName(program)?.name ?? '')
  );
}

/** `register('./hooks.js', import.meta.url)` of node:module */
function registered(call: CallExpression, index: TreeIndex): readonly HostPath[] {
  const [first, parentUrl] = call.arguments;
  if (!first || importedName(call.callee, index) !== 'register' || !isOfNodeModule(call, index)) return [];
  const specifier = constantString(innermost(first));
  if (specifier === undefined) {
    const value = pathValue(first, index);
    return value?.from === 'module' && !value.own && !value.path.includes('*')
      ? [{ kind: 'program', path: value.path, at: first, user: call }]
      : [];
  }
  const isRelative = /^\.{1,2}\//.test(specifier) && parentUrl && pathValue(parentUrl, index)?.own;
  return isRelative ? [{ kind: 'program', path: specifier, at: first, user: call }] : [];
}

function isOfNodeModule({ callee }: CallExpression, index: TreeIndex): boolean {
  const called = innermost(callee);
  const variable = called.type === 'MemberExpression' ? innermost(called.object) : called;
  const owner = index.bindingOf(variable)?.sites[0]?.owner;
  const declaration = owner?.parent;
  const source =
    owner?.type === 'VariableDeclarator'
      ? owner.init?.type === 'CallExpression' && index.isFree(owner.init.callee, 'require')
        ? constantString(owner.init.arguments[0])
        : undefined
      : declaration?.type === 'ImportDeclaration'
        ? declaration.source.value
        : undefined;
  return source === 'module' || source === 'node:module';
}
