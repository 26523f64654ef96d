import { unknownBreakage, unknowns, unchecked } from '../unknowns.js';
import type { Unknown } from '../unknowns.js';
import { defineRule } from '../define-rule.js';

export const untypedEntryPoint = defineRule<Unknown>({
  code: 'VE903',
  name: 'untyped-entry-point',
  since: '0.1.0',
  severity: 'info',
  title: 'Types are imported from an entry point that has no declarations.',
  find: (facts) => unknowns(facts, ['no-declarations']).map((unknown) => unknownBreakage(facts, unknown)),
  describe: ({ opening, demands }) => ({
    message: `Types are imported from this entry point, but ${opening.reason}, so ${unchecked(demands)}.`,
    evidence: [],
  }),
});
