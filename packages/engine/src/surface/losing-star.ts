import type { ExtensionlessPath } from '../model/extensionless-path.js';
import { LinkStep } from './link-step.js';
import type { Linker } from './link-step.js';
import type { View } from './view.js';

/**
 * The first `export *` on the way from a declaration file that loses names under nodenext. Undefined if there is none.
 *
 * @param view for types under nodenext
 */
export function losingStar(linker: Linker, file: string, view: View): ExtensionlessPath | undefined {
  const queue = [new LinkStep(linker, file, view)];
  for (let step = queue.shift(); step; step = queue.shift()) {
    if (step.visited.has(step.id)) continue;
    step.visited.add(step.id);
    const { exports = [], requests = [] } = step.record ?? {};
    for (const entry of exports) {
      if (entry.kind !== 'star') continue;
      const request = requests[entry.request]!;
      const target = step.follow(request);
      if (target.kind === 'missing' && target.extensionless)
        return { place: step.placeOf(request), specifier: request.specifier, file: target.near[0]! };
      if (target.kind === 'file') queue.push(step.into(target));
    }
  }
  return undefined;
}
