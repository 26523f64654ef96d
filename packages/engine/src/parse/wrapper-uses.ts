import type { Node } from 'oxc-parser';
import type { WrapperUse } from '../model/module-record.js';
import { isCaught } from './requests/guards.js';
import { constantString, outermost } from './tree/node.js';
import { runsAtLoad } from './tree/runs-at-load.js';
import type { TreeIndex } from './tree/tree-index.js';
import { WrapperGuards } from './wrapper-guards.js';

/**
 * The variables of Node's module wrapper (Node's documentation, "The module wrapper"). An ES module
 * has none of them.
 */
const WRAPPER_NAMES = ['require', 'module', 'exports', '__dirname', '__filename'];

/** The messages of the replacements that esbuild and Rolldown write if there is no `require`. */
const STAND_IN = /Dynamic require of|doesn't expose the `?require/;

/**
 * Where an ES module uses variables that only CommonJS has, and fails with a ReferenceError or with
 * the error of a bundler's replacement for `require`. Uses behind a `typeof` test and in a `try`
 * with a `catch` are left out.
 */
export function wrapperUses(index: TreeIndex, text: string): readonly WrapperUse[] {
  const guards = new WrapperGuards(index, text);
  const free = WRAPPER_NAMES.filter((name) => !isMadeGlobal(name, text)).flatMap((name) =>
    index
      .freeReferences(name)
      .filter((node) => !isTested(node, name, guards))
      .map((node) => useAt(node, name, index, guards)),
  );
  return [...free, ...standInUses(index, text, guards)].toSorted((a, b) => a.start - b.start);
}

function useAt(
  node: Node,
  name: string,
  index: TreeIndex,
  guards: WrapperGuards,
  specifier?: string,
): WrapperUse {
  const { start, end } = node;
  return {
    name,
    start,
    end,
    ...(specifier !== undefined && { specifier }),
    ...(!runsAtLoad(node, index, guards.isChosen) && { deferred: true as const }),
  };
}

/** `globalThis.require = createRequire(import.meta.url)` */
function isMadeGlobal(name: string, text: string): boolean {
  return new RegExp(`\\bglobal(?:This)?\\.${name}\\s*(?:\\|\\||\\?\\?)?=[^=]`).test(text);
}

/** The use itself is a question, or one comes before it. */
function isTested(node: Node, name: string, guards: WrapperGuards): boolean {
  const { parent } = outermost(node);
  if (parent?.type === 'UnaryExpression' && parent.operator === 'typeof') return true;
  if (isCaught(node) || guards.isDeadInEsModule(node)) return true;
  // `globalThis.require ??= require`, or a plain assignment, makes the name.
  if (parent?.type === 'AssignmentExpression' && parent.left === node) return true;
  return guards.isAfterTest(node, name);
}

/** Calls of a bundler's stand-in: `__require('path')`, where the module has no `require` that it could hand on to. */
function standInUses(index: TreeIndex, text: string, guards: WrapperGuards): readonly WrapperUse[] {
  if (!STAND_IN.test(text)) return [];
  const standIns = new Map(
    index.freeReferences('require').flatMap((node) => {
      const owner = declaratorAround(node);
      if (!owner || !STAND_IN.test(text.slice(owner.start, owner.end))) return [];
      const binding = owner.id.type === 'Identifier' ? index.bindingAt(owner.id.start) : undefined;
      return binding ? [[binding.name, binding] as const] : [];
    }),
  );
  return [...standIns.values()].flatMap((binding) =>
    index.referencesTo(binding).flatMap((reference) => {
      const call = outermost(reference).parent;
      if (call?.type !== 'CallExpression' || call.callee !== outermost(reference)) return [];
      const specifier = constantString(call.arguments[0]);
      if (specifier === undefined || isCaught(call) || guards.isDeadInEsModule(call)) return [];
      return [useAt(call, 'require', index, guards, specifier)];
    }),
  );
}

function declaratorAround(node: Node): Extract<Node, { type: 'VariableDeclarator' }> | undefined {
  let found: Extract<Node, { type: 'VariableDeclarator' }> | undefined;
  for (let current: Node | undefined | null = node; current; current = current.parent)
    if (current.type === 'VariableDeclarator') found = current;
  return found;
}
