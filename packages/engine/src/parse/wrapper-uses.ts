import type { Node } from 'oxc-parser';
import type { WrapperUse } from '../model/module-record.js';
import { isBehindWrapperTest, isCaught } from './requests/guards.js';
import { constantString, outermost } from './tree/node.js';
import { runsAtLoad } from './tree/runs-at-load.js';
import type { TreeIndex } from './tree/tree-index.js';

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
  const free = WRAPPER_NAMES.flatMap((name) =>
    index
      .freeReferences(name)
      .filter((node) => !isTested(node, name, text))
      .map((node) => useAt(node, name, index)),
  );
  return [...free, ...standInUses(index, text)].toSorted((a, b) => a.start - b.start);
}

function useAt(node: Node, name: string, index: TreeIndex, specifier?: string): WrapperUse {
  const { start, end } = node;
  return {
    name,
    start,
    end,
    ...(specifier !== undefined && { specifier }),
    ...(!runsAtLoad(node, index) && { deferred: true as const }),
  };
}

/** The use itself is a test, or a test comes before it. */
function isTested(node: Node, name: string, text: string): boolean {
  const { parent } = outermost(node);
  if (parent?.type === 'UnaryExpression' && parent.operator === 'typeof') return true;
  if (isCaught(node) || isBehindWrapperTest(node, text)) return true;
  // `globalThis.require ??= require`, or a plain assignment, defines the name.
  if (parent?.type === 'AssignmentExpression' && parent.left === node) return true;
  return isAfterTest(node, name, text);
}

/** `if (typeof require === 'undefined') return;` in front of it. */
function isAfterTest(node: Node, name: string, text: string): boolean {
  const test = new RegExp(`typeof\\s+${name}\\b`);
  for (let current = node; current.parent; current = current.parent) {
    const { parent } = current;
    const body: readonly Node[] | undefined =
      parent.type === 'BlockStatement' || parent.type === 'Program' ? parent.body : undefined;
    const before = body?.slice(0, body.indexOf(current)) ?? [];
    if (
      before.some(
        (other) => other.type === 'IfStatement' && test.test(text.slice(other.test.start, other.test.end)),
      )
    )
      return true;
  }
  return false;
}

/**
 * Calls of a bundler's replacement: `__require('path')`, if the module has no `require` that it
 * could call.
 */
function standInUses(index: TreeIndex, text: string): readonly WrapperUse[] {
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
      if (specifier === undefined || isCaught(call) || isBehindWrapperTest(call, text)) return [];
      return [useAt(call, 'require', index, specifier)];
    }),
  );
}

function declaratorAround(node: Node): Extract<Node, { type: 'VariableDeclarator' }> | undefined {
  let found: Extract<Node, { type: 'VariableDeclarator' }> | undefined;
  for (let current: Node | undefined | null = node; current; current = current.parent)
    if (current.type === 'VariableDeclarator') found = current;
  return found;
}
