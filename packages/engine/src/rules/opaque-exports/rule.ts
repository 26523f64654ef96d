import { blindSpots, blindSpotBreakage } from '../blind-spots.js';
import type { BlindSpot } from '../blind-spots.js';
import { defineRule } from '../define-rule.js';

export const opaqueExports = defineRule<BlindSpot>({
  code: 'VE901',
  name: 'opaque-exports',
  since: '0.1.0',
  severity: 'info',
  title: 'A built module chooses its exports while it runs, so what it offers cannot be told.',
  find: (facts) =>
    blindSpots(facts, (opening) => opening.kind !== 'unparsed-module' && opening.kind !== 'not-built').map((spot) =>
      blindSpotBreakage(facts, spot),
    ),
  describe: ({ opening, demands }) => ({
    message: `What is exported here cannot be told (${opening.reason}), so ${countOf(demands.length)} unjudged.`,
    evidence: [],
  }),
});

function countOf(demands: number): string {
  if (demands === 0) return 'a name asked of it would go';
  return demands === 1 ? 'one demand goes' : `${demands} demands go`;
}
