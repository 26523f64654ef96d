import { blindSpots, blindSpotBreakage } from '../blind-spots.js';
import type { BlindSpot } from '../blind-spots.js';
import { defineRule } from '../define-rule.js';

const IN_OUTPUT = 'rebuild it; if it is not meant to be code, take it out of the output';
const IN_SOURCE = 'mend it; if it is not meant to be code, keep it in a folder for fixtures or templates';

const UNREAD = 'build it in parts, or keep it out of the entry points; what is asked of it goes unjudged';

export const unparsedModule = defineRule<BlindSpot>({
  code: 'VE902',
  name: 'unparsed-module',
  since: '0.1.0',
  severity: 'error',
  title: 'A built module does not parse, so what it offers cannot be told.',
  find: (facts) =>
    blindSpots(facts, ['unparsed-module']).map((spot) => ({
      ...blindSpotBreakage(facts, spot),
      // A source that does not parse is its compiler's to complain of; it may be no code at all. What was not read may be fine.
      ...(spot.opening.inSource || spot.opening.unread ? { atMost: 'warning' as const } : {}),
    })),
  describe: ({ opening }) => ({
    message: `This file cannot be read as a module: ${opening.reason.replace(/\.$/, '')}.`,
    evidence: [],
    fix: { title: opening.unread ? UNREAD : opening.inSource ? IN_SOURCE : IN_OUTPUT, edits: [] },
  }),
});
