import type { CallExpression, Node } from 'oxc-parser';
import { fileBase } from './request-base.js';
import type { RequestBase } from './request-base.js';
import { CalledFunctions } from '../commonjs/called-functions.js';
import { calleeName, innermost, outermost } from '../tree/node.js';
import type { Binding } from '../tree/scope.js';
import type { TreeIndex } from '../tree/tree-index.js';

/** A `require` function, and where it starts to look. */
export interface RequireFunction {
  readonly node: Node;
  readonly base: RequestBase;
}

/**
 * The expressions of a file that are a `require` function: the free name `require`, and the result
 * of `createRequire(…)` under any name. A `require` that is a parameter or variable of the file is
 * none, because bundles contain many of them. The exception is a wrapper that passes the free
 * `require` to it (`factory(require, exports)`, as TypeScript writes UMD).
 */
export function requireFunctions(index: TreeIndex): readonly RequireFunction[] {
  const own = [...index.freeReferences('require'), ...passedOn(index)];
  const created = index.calls.filter((call) => isCreateRequire(call, index));
  return [
    ...own.map((node) => ({ node, base: 'own' as const })),
    ...created.flatMap((call) => {
      const base = fileBase(call.arguments[0], index);
      return [call, ...referencesToResult(call, index)].map((node) => ({ node, base }));
    }),
  ];
}

/** Whether an expression is the free `require`, or a parameter of that name that receives it. */
export function isRequire(node: Node, index: TreeIndex): boolean {
  const binding = index.bindingOf(node);
  return binding ? isPassed(binding, index) : index.isFree(node, 'require');
}

function isPassed({ name, sites: [site, ...others] }: Binding, index: TreeIndex): boolean {
  if (name !== 'require' || site?.kind !== 'parameter' || others.length > 0) return false;
  const passed = new CalledFunctions(index).argumentsFor(site.owner, site.id);
  return passed.some((argument) => index.isFree(innermost(argument), 'require'));
}

/** The name of `require` in a wrapper's function. */
function passedOn(index: TreeIndex): readonly Node[] {
  const isArgument = ({ parent, start }: Node): boolean =>
    parent?.type === 'CallExpression' && parent.arguments.some((argument) => argument.start === start);
  if (!index.freeReferences('require').some(isArgument)) return [];
  return index.referencesNamed('require').filter((node) => {
    const binding = index.bindingOf(node);
    return binding !== undefined && isPassed(binding, index);
  });
}

function isCreateRequire({ callee, arguments: [from] }: CallExpression, index: TreeIndex): boolean {
  if (!from) return false;
  if (calleeName(callee) === 'createRequire') return true;
  const called = innermost(callee);
  const owner = index.bindingOf(called)?.sites[0]?.owner;
  return (
    owner?.type === 'ImportSpecifier' &&
    owner.imported.type === 'Identifier' &&
    owner.imported.name === 'createRequire'
  );
}

function referencesToResult(call: CallExpression, index: TreeIndex): readonly Node[] {
  const whole = outermost(call);
  const { parent } = whole;
  if (parent?.type === 'VariableDeclarator' && parent.init === whole && parent.id.type === 'Identifier') {
    const binding = index.bindingAt(parent.id.start);
    return binding ? index.referencesTo(binding) : [];
  }
  if (parent?.type !== 'AssignmentExpression' || parent.right !== whole) return [];
  const binding = index.bindingOf(parent.left);
  return binding ? index.referencesTo(binding) : [];
}
