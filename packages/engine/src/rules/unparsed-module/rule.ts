import { blindSpots, blindSpotBreakage } from '../blind-spots.js';
import type { BlindSpot } from '../blind-spots.js';
import { defineRule } from '../define-rule.js';

export const unparsedModule = defineRule<BlindSpot>({
  code: 'VE902',
  name: 'unparsed-module',
  since: '0.1.0',
  severity: 'error',
  title: 'A built module does not parse, so what it offers cannot be told.',
  find: (facts) =>
    blindSpots(facts, ['unparsed-module']).map((spot) => ({
      ...blindSpotBreakage(facts, spot),
      // A source that does not parse is its compiler's to complain of; it may be no code at all.
      ...(spot.opening.inSource ? { atMost: 'warning' as const } : {}),
    })),
  describe: ({ opening }) => ({
    message: `This file cannot be read as a module: ${opening.reason.replace(/\.$/, '')}.`,
    evidence: [],
    fix: { title: 'rebuild it; if it is not meant to be code, take it out of the output', edits: [] },
  }),
});
