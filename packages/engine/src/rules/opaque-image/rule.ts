import { blindSpotBreakage, blindSpots } from '../blind-spots.js';
import type { BlindSpot } from '../blind-spots.js';
import { defineRule } from '../define-rule.js';

export const opaqueImage = defineRule<BlindSpot>({
  code: 'VE906',
  name: 'opaque-image',
  since: '0.1.0',
  severity: 'info',
  title: 'What a container image contains cannot be told from its Dockerfile.',
  find: (facts) => blindSpots(facts, ['opaque-image']).map((spot) => blindSpotBreakage(facts, spot)),
  describe: ({ opening }) => ({
    message: `What the image contains cannot be told (${opening.reason}), so what is not copied goes unjudged.`,
    evidence: [],
  }),
});
