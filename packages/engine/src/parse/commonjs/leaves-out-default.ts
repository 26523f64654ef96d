import type { Node } from 'oxc-parser';
import { constantString, innermost } from '../tree/node.js';
import type { TreeIndex } from '../tree/tree-index.js';

/**
 * Whether the code skips `default` under a computed key, as compiled `export *` does: `if (key !==
 * 'default' && …) to[key] = …`, or `if (key === 'default' || …) return;` before it.
 */
export function leavesOutDefault(key: Node, index: TreeIndex): boolean {
  const binding = index.bindingOf(innermost(key));
  if (!binding) return false;
  return index.referencesTo(binding).some((reference) => {
    const test = reference.parent;
    if (test?.type !== 'BinaryExpression') return false;
    const other = test.left === reference ? test.right : test.left;
    if (constantString(other) !== 'default') return false;
    if (/^!==?$/.test(test.operator)) return guards(test, key);
    return /^===?$/.test(test.operator) && ends(test);
  });
}

/** The key is used only if the test is true. */
function guards(test: Node, key: Node): boolean {
  const whole = chain(test, '&&');
  if (whole !== test && isWithin(key, whole)) return true;
  const { parent } = whole;
  return parent?.type === 'IfStatement' && parent.test === whole && isWithin(key, parent.consequent);
}

/** If the test is true, the statement only skips the key. */
function ends(test: Node): boolean {
  const whole = chain(test, '||');
  const { parent } = whole;
  if (parent?.type !== 'IfStatement' || parent.test !== whole) return false;
  const { consequent } = parent;
  const [only, ...others] = consequent.type === 'BlockStatement' ? consequent.body : [consequent];
  return others.length === 0 && (only?.type === 'ReturnStatement' || only?.type === 'ContinueStatement');
}

/** The longest chain of one operator that contains a test. */
function chain(test: Node, operator: '&&' | '||'): Node {
  let whole = test;
  while (whole.parent?.type === 'LogicalExpression' && whole.parent.operator === operator)
    whole = whole.parent;
  return whole;
}

function isWithin(inner: Node, outer: Node): boolean {
  return outer.start <= inner.start && inner.end <= outer.end;
}
