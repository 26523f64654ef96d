import { blindSpots, blindSpotBreakage } from '../blind-spots.js';
import type { BlindSpot } from '../blind-spots.js';
import { defineRule } from '../define-rule.js';

export const unparsedModule = defineRule<BlindSpot>({
  code: 'VE902',
  name: 'unparsed-module',
  since: '0.1.0',
  severity: 'warning',
  title: 'A built module does not parse, so what it offers cannot be told.',
  find: (facts) =>
    blindSpots(facts, (opening) => opening.kind === 'unparsed-module').map((spot) => blindSpotBreakage(facts, spot)),
  describe: ({ opening }) => ({
    message: `This file cannot be read as a module: ${opening.reason.replace(/\.$/, '')}.`,
    evidence: [],
    fix: { title: 'rebuild it; if it is not meant to be code, take it out of the output', edits: [] },
  }),
});
