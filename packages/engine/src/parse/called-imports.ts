import type { Node } from 'oxc-parser';
import type { Span } from '../model/place.js';
import type { StaticRequest } from './exports/module-syntax.js';
import { memberReadsKey } from './member-reads.js';
import { memberName, outermost } from './tree/node.js';
import type { TreeIndex } from './tree/tree-index.js';

/** Where each imported name is first called, constructed or extended, by `memberReadsKey`. */
export type CalledImports = ReadonlyMap<string, Span>;

/**
 * The imported names that a module calls, constructs or extends, so that they must be functions. A name that the module also tests
 * (`typeof x`, `'default' in x`), or whose `default` it reads, is left out: the module then provides for both forms.
 */
export function calledImports(index: TreeIndex, statics: readonly StaticRequest[]): CalledImports {
  const calls = new Map<string, Span>();
  for (const { bindings, start } of statics) {
    for (const { imported, start: at } of bindings) {
      const binding = imported === undefined ? undefined : index.bindingAt(at);
      if (!binding || imported === undefined || binding.sites.length > 1) continue;
      const references = index.referencesTo(binding);
      if (references.some(isTested)) continue;
      const call = references.find(isCalled);
      if (call) calls.set(memberReadsKey(start, imported), { start: call.start, end: call.end });
    }
  }
  return calls;
}

function isCalled(node: Node): boolean {
  const whole = outermost(node);
  const { parent } = whole;
  switch (parent?.type) {
    case 'CallExpression':
    case 'NewExpression':
      return parent.callee === whole;
    case 'ClassDeclaration':
    case 'ClassExpression':
      return parent.superClass === whole;
    case 'TaggedTemplateExpression':
      return parent.tag === whole;
    default:
      return false;
  }
}

function isTested(node: Node): boolean {
  const whole = outermost(node);
  const { parent } = whole;
  if (parent?.type === 'UnaryExpression') return parent.operator === 'typeof';
  if (parent?.type === 'BinaryExpression')
    return parent.operator === 'in' || parent.operator === 'instanceof';
  if (parent?.type === 'MemberExpression' && parent.object === whole) {
    const name = memberName(parent);
    return name === undefined || name.name === 'default' || name.name === '__esModule';
  }
  // `const { default: x } = lib`, and code that may look at it elsewhere.
  return parent?.type === 'VariableDeclarator' && parent.init === whole;
}
