import type { LosingStar } from '../model/demand.js';
import { LinkStep } from './link-step.js';
import type { Target } from './follow.js';
import type { Linker } from './link-step.js';
import type { View } from './view.js';

/**
 * The first `export *` on the way from a declaration file that loses the names behind it. Undefined if none does.
 *
 * @param isMeant whether the file behind it has the name in question
 */
export function losingStar(
  linker: Linker,
  file: string,
  view: View,
  isMeant: (file: string) => boolean,
): LosingStar | undefined {
  const queue = [new LinkStep(linker, file, view)];
  for (let step = queue.shift(); step; step = queue.shift()) {
    if (step.visited.has(step.id)) continue;
    step.visited.add(step.id);
    const { exports = [], requests = [] } = step.record ?? {};
    for (const entry of exports) {
      if (entry.kind !== 'star') continue;
      const request = requests[entry.request]!;
      const target = step.follow(request);
      const star = losing(target);
      if (star && isMeant(star.file))
        return { ...star, place: step.placeOf(request), specifier: request.specifier };
      if (target.kind === 'file') queue.push(step.into(target));
    }
  }
  return undefined;
}

/** Why the file behind a star is not found, and which file that is. */
function losing(target: Target) {
  if (target.kind !== 'missing') return undefined;
  const { alias, extensionless, near } = target;
  if (extensionless) return { kind: 'extensionless' as const, file: near[0]! };
  return alias && { kind: 'alias' as const, alias, file: alias.built ?? alias.source };
}
