import type { CallExpression, Node } from 'oxc-parser';
import { calleeName, innermost, outermost } from '../tree/node.js';
import type { TreeIndex } from '../tree/tree-index.js';

/**
 * The expressions of a file that are a `require` function: the free name `require`, and what `createRequire(…)` gives, under
 * whatever name. A `require` that is a parameter or variable of the file's own is none: bundles are full of them.
 */
export function requireFunctions(index: TreeIndex): readonly Node[] {
  const created = index.calls.filter((call) => isCreateRequire(call, index));
  return [
    ...index.freeReferences('require'),
    ...created.flatMap((call) => [call, ...referencesToResult(call, index)]),
  ];
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
