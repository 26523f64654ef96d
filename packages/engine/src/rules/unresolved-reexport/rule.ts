import { blindSpotBreakage, blindSpots, unjudged } from '../blind-spots.js';
import type { BlindSpot } from '../blind-spots.js';
import { defineRule } from '../define-rule.js';

export const unresolvedReexport = defineRule<BlindSpot>({
  code: 'VE904',
  name: 'unresolved-reexport',
  since: '0.1.0',
  severity: 'info',
  title: 'An entry point re-exports a module that cannot be found or read.',
  find: (facts) => blindSpots(facts, ['unresolved-star']).map((spot) => blindSpotBreakage(facts, spot)),
  describe: ({ opening, demands }) => ({
    message: `Names are re-exported here, but ${opening.reason}, so ${unjudged(demands)}.`,
    evidence: [],
  }),
});
