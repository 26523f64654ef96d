import { blindSpotBreakage, blindSpots } from '../blind-spots.js';
import type { BlindSpot } from '../blind-spots.js';
import { defineRule } from '../define-rule.js';

export const computedReference = defineRule<BlindSpot>({
  code: 'VE905',
  name: 'computed-reference',
  since: '0.1.0',
  severity: 'info',
  title: 'Built output refers to files in a way that only the running program or its server can tell.',
  find: (facts) => blindSpots(facts, ['unknown-reference']).map((spot) => blindSpotBreakage(facts, spot)),
  describe: ({ opening }) => ({
    message: `Which file is needed here cannot be told (${opening.reason}), so it goes unjudged.`,
    evidence: [],
  }),
});
