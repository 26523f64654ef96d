import type { Demand } from '../model/demand.js';
import type { Opening } from '../model/surface.js';
import type { Breakage, RuleFacts } from './define-rule.js';
import { hitsOf } from './unmet-demands.js';

/** One place where analysis cannot know, and the demands that go unjudged by it. */
export interface BlindSpot {
  readonly opening: Opening;
  readonly demands: readonly Demand[];
}

/** The blind spots behind unknown answers and in the project's own surfaces, one per place. */
export function blindSpots(facts: RuleFacts, kinds: readonly Opening['kind'][]): readonly BlindSpot[] {
  const wanted = (opening: Opening): boolean => kinds.includes(opening.kind);
  const spots = new Map<string, { opening: Opening; demands: Demand[] }>();
  const at = (opening: Opening) => {
    const key = JSON.stringify([opening.kind, opening.place.file, opening.place.start]);
    const spot = spots.get(key) ?? { opening, demands: [] };
    spots.set(key, spot);
    return spot;
  };
  for (const opening of facts.openings) if (wanted(opening)) at(opening);
  for (const answer of facts.answers) {
    if (answer.verdict === 'unknown' && wanted(answer.opening))
      at(answer.opening).demands.push(answer.demand);
  }
  return [...spots.values()];
}

export function blindSpotBreakage(facts: RuleFacts, spot: BlindSpot): Breakage<BlindSpot> {
  const { place } = spot.opening;
  const project = spot.demands[0]?.provider ?? facts.own.project;
  return {
    identity: [spot.opening.kind, place.file, String(place.start)],
    hits: [{ project, place }, ...hitsOf(spot.demands)],
    provider: {
      package: facts.lookUp.packageOf(project)?.name ?? project,
      entryPoint: spot.demands[0]?.subpath ?? '.',
      conditions: [],
      file: place.file,
    },
    data: spot,
  };
}

/** `one demand goes unjudged`, for the end of a sentence. */
export function unjudged(demands: readonly Demand[]): string {
  if (demands.length === 0) return 'a name asked of it would go unjudged';
  return demands.length === 1 ? 'one demand goes unjudged' : `${demands.length} demands go unjudged`;
}
