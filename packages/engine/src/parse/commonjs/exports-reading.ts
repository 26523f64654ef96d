import type { CommonJsFacts } from '../../model/commonjs-facts.js';
import type { Node } from 'oxc-parser';
import { innermost, isFunction, isMember, memberName, outermost } from '../tree/node.js';
import type { Binding } from '../tree/scope.js';
import type { TreeIndex } from '../tree/tree-index.js';
import { isEverWritten } from '../requests/member-context.js';
import { CalledFunctions, plainParameter, returnedValues } from './called-functions.js';
import { ExportedValues } from './exported-values.js';
import { ExportsUses } from './exports-uses.js';
import { HelperShapes, objectMethodOf } from './helper-shapes.js';
import { lostAssignments } from './lost-assignments.js';
import { OfferedNames } from './offered-names.js';

/** The analysis of one CommonJS module: what its parts share. */
export interface CommonJsReading {
  readonly index: TreeIndex;
  readonly offered: OfferedNames;
  readonly calls: CalledFunctions;
  readonly helpers: HelperShapes;
  readonly uses: ExportsUses;
  readonly values: ExportedValues;
  /** Functions and classes that are passed on, so other code may add members. */
  readonly strict?: true;
  /** Variables that are known to hold the exports. */
  readonly aliases?: ReadonlySet<Binding>;
}

/**
 * The names that a CommonJS module's code assigns to its `exports`, as `require` and bundlers see
 * it. All branches count, so a choice by environment exports the names of both.
 */
export function readExports(index: TreeIndex): Omit<CommonJsFacts, 'lexed'> {
  const isLost = lostAssignments(index);
  const { offered } = reading(index, (reference) => !isLost?.(reference));
  const replaced = isLost ? reading(index, isLost).offered.names() : [];
  const lost = [...replaced, ...offered.onlyAnnotated()].filter((name) => !offered.names().includes(name));
  const passesOn = namesThatAreAdded(index);
  return { ...offered.facts(), ...(lost.length > 0 && { lost }), ...(passesOn && { passesOn }) };
}

/**
 * The names that the function in `module.exports` adds to its first argument, if it returns that argument in every case and does nothing
 * else with it.
 */
function namesThatAreAdded(index: TreeIndex): readonly string[] | undefined {
  const values = index.freeReferences('module').flatMap(({ parent }) => {
    const assignment = parent && isMember(parent, 'module', 'exports') ? outermost(parent).parent : undefined;
    return assignment?.type === 'AssignmentExpression' && assignment.left === parent ? assignment.right : [];
  });
  const [value, ...others] = values;
  if (!value || others.length > 0) return undefined;
  const reading = newReading(index, { strict: true });
  const [called, ...more] = reading.calls.of(value);
  const first = called?.params[0];
  const argument = first && index.bindingAt(plainParameter(first).start);
  if (!called || more.length > 0 || called.async || !argument) return undefined;
  const results = returnedValues(called);
  const isArgument = (node: Node): boolean => {
    const result = innermost(node);
    if (index.bindingOf(result) === argument) return true;
    return (
      result.type === 'CallExpression' &&
      objectMethodOf(result.callee, index) === 'assign' &&
      result.arguments[0] !== undefined &&
      isArgument(result.arguments[0])
    );
  };
  if (results.length === 0 || !results.every(isArgument) || isEverWritten(argument, index)) return undefined;
  for (const reference of index.referencesTo(argument)) reading.uses.of(reference, { callable: true });
  const { assigned, assignedFrom, open, membersOf, passedThrough } = reading.offered.facts();
  const isKnown = assignedFrom.length + open.length === 0 && !membersOf && !passedThrough;
  return isKnown ? assigned.map(({ name }) => name) : undefined;
}

/** What the code does with the exports at the references that count. */
function reading(index: TreeIndex, counts: (reference: Node) => boolean): CommonJsReading {
  const parts = newReading(index);
  for (const reference of index.freeReferences('exports'))
    if (counts(reference)) parts.uses.of(reference, {});
  for (const reference of index.freeReferences('module')) if (counts(reference)) moduleUse(reference, parts);
  for (const self of index.topLevelThis)
    if (counts(self) && self.parent?.type === 'MemberExpression') parts.uses.of(self, {});
  copiesByHelper(parts);
  return parts;
}

/** A new, empty analysis. */
export function newReading(
  index: TreeIndex,
  how: Pick<CommonJsReading, 'strict' | 'aliases'> = {},
): CommonJsReading {
  const calls = new CalledFunctions(index);
  const helpers = new HelperShapes(index, calls);
  const parts = { index, offered: new OfferedNames(), calls, helpers, ...how } as Mutable<CommonJsReading>;
  parts.uses = new ExportsUses(parts);
  parts.values = new ExportedValues(parts);
  return parts;
}

/** What a module's own text assigns to its exports, by name. */
export function givenToExports(index: TreeIndex): CommonJsReading {
  return reading(index, () => true);
}

type Mutable<T> = { -readonly [K in keyof T]: T[K] };

/** `module.exports`, for every function of the file that receives `module`. */
function moduleUse(reference: Node, reading: CommonJsReading): void {
  const node = outermost(reference);
  const { parent } = node;
  if (parent?.type === 'MemberExpression' && parent.object === node) {
    if (memberName(parent)?.name === 'exports') reading.uses.of(parent, {});
    return;
  }
  if (parent?.type !== 'CallExpression' || parent.callee === node) return;
  const functions = reading.calls.of(parent.callee);
  if (functions.length === 0) reading.offered.open('module is passed to other code', node);
  const position = parent.arguments.findIndex((argument) => argument === node);
  for (const called of functions) {
    const parameter = called.params[position];
    const binding = parameter && reading.index.bindingAt(plainParameter(parameter).start);
    for (const use of binding ? reading.index.referencesTo(binding) : []) moduleUse(use, reading);
  }
}

/** TypeScript's old `__export(require('x'))`, whose `exports` is inside the helper. */
function copiesByHelper({ index, values, calls }: CommonJsReading): void {
  for (const call of index.calls) {
    const { callee, arguments: args } = call;
    if (callee.type !== 'Identifier' || callee.name !== '__export' || args.length !== 1 || !args[0]) continue;
    if (!calls.of(callee).some((helper) => isFunction(helper) && helper.params.length > 1))
      values.value(args[0]);
  }
}
