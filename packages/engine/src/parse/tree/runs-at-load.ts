import type { Node } from 'oxc-parser';
import { isCalledOnTheSpot, isBranch } from '../requests/guards.js';
import { isFunction, outermost } from './node.js';
import type { Binding } from './scope.js';
import type { TreeIndex } from './tree-index.js';

/**
 * Whether a node always runs when its module is evaluated: outside of functions and branches, in a
 * function that is called immediately, or in one that another such call runs. Bundlers wrap modules
 * in a function (`var require_x = __commonJS({ 'x.js'(exports) { … } })`), which runs when its
 * variable is called.
 *
 * @param isChosen whether a test is known to choose the child
 */
export function runsAtLoad(
  node: Node,
  index: TreeIndex,
  isChosen: (node: Node, parent: Node) => boolean = () => false,
  visiting = new Set<Node>(),
): boolean {
  for (let current = node; current.parent; current = current.parent) {
    if (isBranch(current, current.parent) && !isChosen(current, current.parent)) return false;
    if (!isFunction(current) || isCalledOnTheSpot(current)) continue;
    if (visiting.has(current)) return false;
    visiting.add(current);
    const binding = bindingOfFunction(current, index);
    return (
      binding !== undefined &&
      callsOf(binding, index).some((call) => runsAtLoad(call, index, isChosen, visiting))
    );
  }
  return true;
}

/** The variable through which a function is called. */
export function bindingOfFunction(node: Node, index: TreeIndex): Binding | undefined {
  if (node.type === 'FunctionDeclaration') return node.id ? index.bindingAt(node.id.start) : undefined;
  let whole = outermost(node);
  const { parent } = whole;
  if (parent?.type === 'Property' && parent.parent?.type === 'ObjectExpression') {
    if (parent.parent.properties.length > 1) return undefined;
    whole = parent.parent;
  }
  const call = whole.parent;
  if (call?.type === 'CallExpression' && (call.arguments as readonly Node[]).includes(whole)) whole = call;
  else if (whole.type === 'ObjectExpression') return undefined;
  const declarator = outermost(whole).parent;
  if (declarator?.type !== 'VariableDeclarator' || declarator.id.type !== 'Identifier') return undefined;
  return index.bindingAt(declarator.id.start);
}

function callsOf(binding: Binding, index: TreeIndex): readonly Node[] {
  return index.referencesTo(binding).flatMap((reference) => {
    const { parent } = outermost(reference);
    return parent?.type === 'CallExpression' && parent.callee === outermost(reference) ? parent : [];
  });
}
