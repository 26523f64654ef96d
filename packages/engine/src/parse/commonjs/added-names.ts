import type { AddedNames } from '../../model/commonjs-facts.js';
import type { StaticRequest } from '../exports/module-syntax.js';
import { isRequire } from '../requests/require-functions.js';
import { constantString, innermost } from '../tree/node.js';
import type { TreeIndex } from '../tree/tree-index.js';
import { newReading } from './exports-reading.js';

/**
 * The names that a module sets on the `module.exports` of other modules: `require('./core').extra = …`, `Object.assign(core, { … })`.
 * What other code does with such an object is not followed.
 */
export function addedNames(index: TreeIndex, statics: readonly StaticRequest[]): readonly AddedNames[] {
  const required = index.calls.flatMap((call) => {
    const specifier = isRequire(innermost(call.callee), index)
      ? constantString(call.arguments[0])
      : undefined;
    return specifier === undefined ? [] : [{ specifier, uses: [call] }];
  });
  const imported = statics.flatMap(({ specifier, bindings }) =>
    bindings.flatMap(({ imported, start }) => {
      const binding = imported === 'default' ? index.bindingAt(start) : undefined;
      return binding ? [{ specifier, uses: index.referencesTo(binding) }] : [];
    }),
  );
  return [...required, ...imported].flatMap(({ specifier, uses }) => {
    const reading = newReading(index);
    for (const use of uses) reading.uses.of(use, {});
    const { assigned, assignedFrom } = reading.offered.facts();
    const names = assigned.map(({ name }) => name);
    return names.length + assignedFrom.length > 0 ? [{ specifier, names, from: assignedFrom }] : [];
  });
}
