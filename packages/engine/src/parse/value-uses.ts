import type { Node } from 'oxc-parser';
import type { Span } from '../model/place.js';
import type { StaticRequest } from './exports/module-syntax.js';
import { memberReadsKey } from './member-reads.js';
import { outermost } from './tree/node.js';
import type { TreeIndex } from './tree/tree-index.js';

/** The first use of each imported name as a value, by `memberReadsKey`. */
export type ValueUses = ReadonlyMap<string, Span>;

/**
 * The imported names that a TypeScript module uses as values. If one is only a type, this is
 * TypeScript's error 2693 ("only refers to a type, but is being used as a value here").
 */
export function valueUses(index: TreeIndex, statics: readonly StaticRequest[]): ValueUses {
  const uses = new Map<string, Span>();
  for (const { bindings, start } of statics) {
    for (const { imported, start: at } of bindings) {
      const binding = imported === undefined ? undefined : index.bindingAt(at);
      // If the module also declares the name, it refers to that declaration.
      if (!binding || imported === undefined || binding.sites.length > 1) continue;
      const use = index.referencesTo(binding).find(isValueUse);
      if (use) uses.set(memberReadsKey(start, imported), { start: use.start, end: use.end });
    }
  }
  return uses;
}

/**
 * A re-export of a name works for types and values: `export { X }`, `export default X`, `export =
 * X`.
 */
const PASSES_ON = new Set(['ExportSpecifier', 'ExportDefaultDeclaration', 'TSExportAssignment']);
/** TypeScript's own expressions, which contain values like any other. */
const WITH_VALUE = new Set([
  'TSAsExpression',
  'TSSatisfiesExpression',
  'TSNonNullExpression',
  'TSInstantiationExpression',
]);

function isValueUse(node: Node): boolean {
  const { parent } = outermost(node);
  if (!parent || PASSES_ON.has(parent.type)) return false;
  return !parent.type.startsWith('TS') || WITH_VALUE.has(parent.type);
}
