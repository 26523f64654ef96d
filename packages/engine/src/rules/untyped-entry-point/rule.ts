import { blindSpotBreakage, blindSpots, unjudged } from '../blind-spots.js';
import type { BlindSpot } from '../blind-spots.js';
import { defineRule } from '../define-rule.js';

export const untypedEntryPoint = defineRule<BlindSpot>({
  code: 'VE903',
  name: 'untyped-entry-point',
  since: '0.1.0',
  severity: 'info',
  title: 'Types are asked of an entry point that has no declarations.',
  find: (facts) => blindSpots(facts, ['no-declarations']).map((spot) => blindSpotBreakage(facts, spot)),
  describe: ({ opening, demands }) => ({
    message: `Types are imported from this entry point, but ${opening.reason}, so ${unjudged(demands)}.`,
    evidence: [],
  }),
});
