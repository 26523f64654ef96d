import { blindSpotBreakage, blindSpots, unjudged } from '../blind-spots.js';
import type { BlindSpot } from '../blind-spots.js';
import { defineRule } from '../define-rule.js';

export const opaqueExports = defineRule<BlindSpot>({
  code: 'VE901',
  name: 'opaque-exports',
  since: '0.1.0',
  severity: 'info',
  title: 'A built module chooses its exports while it runs, so what it offers cannot be told.',
  find: (facts) =>
    blindSpots(facts, ['opaque-exports', 'undetected-by-node', 'unknown-format']).map((spot) =>
      blindSpotBreakage(facts, spot),
    ),
  describe: ({ opening, demands }) => ({
    message: `What is exported here cannot be told (${opening.reason}), so ${unjudged(demands)}.`,
    evidence: [],
  }),
});
