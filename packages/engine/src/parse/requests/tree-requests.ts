import type { CallExpression, ImportExpression, NewExpression, Node, TSImportType } from 'oxc-parser';
import type { RequestForm } from '../../model/module-record.js';
import { constantString, innermost, memberName, outermost } from '../tree/node.js';
import type { TreeIndex } from '../tree/tree-index.js';
import { isCaught, isConditional, isDeferred } from './guards.js';
import { WrapperGuards } from '../wrapper-guards.js';
import { mockCall } from './mock-call.js';
import { NamespaceUses } from './namespace-uses.js';
import { PromiseUses } from './promise-uses.js';
import type { RequestDraft } from './request-draft.js';
import { requestDraft } from './request-draft.js';
import { fileBase, pathsBase } from './request-base.js';
import type { RequestBase } from './request-base.js';
import { requireFunctions } from './require-functions.js';
import type { RequireFunction } from './require-functions.js';
import { applyUses } from './static-requests.js';

export interface TreeRequestContext {
  readonly text: string;
  /** The file is an ES module, in which `require` only exists behind a test for it. */
  readonly hasModuleSyntax: boolean;
}

/**
 * The requests that are no import or export statements: `import()`, `require`, import types, mocks,
 * `new URL`, `import.meta.resolve`. Only constant specifiers count, because a computed one is
 * unknown.
 */
export function treeRequests(index: TreeIndex, context: TreeRequestContext): RequestDraft[] {
  const requires = requireFunctions(index).flatMap((one) => requireRequest(one, index, context));
  const mocks = index.calls.flatMap((call) => mockRequest(call, index));
  const mocked = new Set(mocks.map(({ start }) => start));
  const dynamic = index.dynamicImports.flatMap((node) =>
    mocked.has(node.source.start) ? [] : dynamicRequest(node, index),
  );
  return [
    ...requires,
    ...mocks,
    ...dynamic,
    ...index.importTypes.map(importTypeRequest),
    ...index.news.flatMap((node) => urlRequest(node, index)),
    ...index.calls.flatMap((call) => metaResolveRequest(call, index)),
  ];
}

function draftOf(source: Node | undefined, form: RequestForm, node: Node): RequestDraft[] {
  const specifier = constantString(source);
  if (specifier === undefined || !source) return [];
  const draft = requestDraft(specifier, form, source);
  draft.guarded = isCaught(node);
  if (isDeferred(node)) draft.deferred = true;
  if (isConditional(node)) draft.conditional = true;
  return [draft];
}

function dynamicRequest(node: ImportExpression, index: TreeIndex): RequestDraft[] {
  const [draft] = draftOf(node.source, 'dynamic-import', node);
  if (!draft || node.phase === 'source') return draft ? [draft] : [];
  const uses = new NamespaceUses(index);
  const promise = new PromiseUses(index, uses);
  promise.promise(node);
  applyUses(draft, uses);
  draft.guarded ||= promise.caught;
  return [draft];
}

/** Without a known base, nothing is known about what a request loads. */
function basedOn(base: RequestBase, drafts: RequestDraft[]): RequestDraft[] {
  if (base === undefined) return [];
  return base === 'own' ? drafts : drafts.map((draft) => ({ ...draft, base: base.path }));
}

/** `require('x')` and `require.resolve('x')`, for the `require` in it. */
function requireRequest(
  { node: reference, base }: RequireFunction,
  index: TreeIndex,
  context: TreeRequestContext,
): RequestDraft[] {
  const whole = outermost(reference);
  const { parent } = whole;
  const guarded = context.hasModuleSyntax && new WrapperGuards(index, context.text).isBehindTest(reference);
  if (
    parent?.type === 'MemberExpression' &&
    parent.object === whole &&
    memberName(parent)?.name === 'resolve'
  ) {
    const call = outermost(parent).parent;
    if (call?.type !== 'CallExpression' || call.callee !== outermost(parent)) return [];
    const drafts = draftOf(call.arguments[0], 'require-resolve', call);
    for (const draft of drafts) draft.guarded ||= guarded;
    const paths = pathsBase(call, index);
    return basedOn(paths === 'own' ? base : paths, drafts);
  }
  if (parent?.type !== 'CallExpression' || parent.callee !== whole) return [];
  const [draft] = draftOf(parent.arguments[0], 'require', parent);
  if (!draft) return [];
  const uses = new NamespaceUses(index);
  uses.value(parent);
  applyUses(draft, uses);
  draft.guarded ||= guarded;
  return basedOn(base, [draft]);
}

function mockRequest(call: CallExpression, index: TreeIndex): RequestDraft[] {
  const mock = mockCall(call, index);
  const [draft] = draftOf(mock?.specifier, 'mock', call);
  if (!draft) return [];
  if (mock?.uses) applyUses(draft, mock.uses);
  if (mock?.replaces) draft.replaced = true;
  return [draft];
}

/** `import('x').A.B` imports A; `typeof import('x')` as a whole imports no particular name. */
function importTypeRequest(node: TSImportType): RequestDraft {
  const draft = requestDraft(String(node.source.value), 'import-type', node.source);
  draft.typeOnly = true;
  let first: Node | null = node.qualifier;
  while (first?.type === 'TSQualifiedName') first = first.left;
  const name =
    first?.type === 'Identifier'
      ? { name: first.name, start: first.start, end: first.end }
      : indexedName(node);
  if (name) draft.names = [{ ...name, typeOnly: true, via: 'member' }];
  draft.namespace = name ? 'members' : 'escapes';
  return draft;
}

/** `typeof import('x')['a']` */
function indexedName(node: TSImportType): { name: string; start: number; end: number } | undefined {
  const query = node.parent;
  const access = query?.type === 'TSTypeQuery' ? query.parent : undefined;
  if (
    access?.type !== 'TSIndexedAccessType' ||
    access.objectType !== query ||
    access.indexType.type !== 'TSLiteralType'
  )
    return undefined;
  const { literal } = access.indexType;
  const name = constantString(literal);
  return name === undefined ? undefined : { name, start: literal.start, end: literal.end };
}

/** `new URL('x', import.meta.url)` */
function urlRequest(node: NewExpression, index: TreeIndex): RequestDraft[] {
  const [source, base] = node.arguments;
  if (!index.isFree(node.callee, 'URL') || !base) return [];
  const origin = innermost(base);
  if (
    origin.type !== 'MemberExpression' ||
    !isImportMeta(origin.object) ||
    memberName(origin)?.name !== 'url'
  )
    return [];
  return draftOf(source, 'url', node);
}

/** `import.meta.resolve('x')` */
function metaResolveRequest(call: CallExpression, index: TreeIndex): RequestDraft[] {
  const callee = innermost(call.callee);
  if (
    callee.type !== 'MemberExpression' ||
    memberName(callee)?.name !== 'resolve' ||
    !isImportMeta(callee.object)
  )
    return [];
  const [source, parent] = call.arguments;
  return basedOn(parent ? fileBase(parent, index) : 'own', draftOf(source, 'meta-resolve', call));
}

function isImportMeta(node: Node): boolean {
  return node.type === 'MetaProperty' && node.meta.name === 'import';
}
