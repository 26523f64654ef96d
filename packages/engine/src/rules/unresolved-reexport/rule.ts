import { unknownBreakage, unknowns, unchecked } from '../unknowns.js';
import type { Unknown } from '../unknowns.js';
import { defineRule } from '../define-rule.js';

export const unresolvedReexport = defineRule<Unknown>({
  code: 'VE904',
  name: 'unresolved-reexport',
  since: '0.1.0',
  severity: 'info',
  title: 'An entry point re-exports a module that cannot be resolved or read.',
  find: (facts) => unknowns(facts, ['unresolved-star']).map((unknown) => unknownBreakage(facts, unknown)),
  describe: ({ opening, demands }) => ({
    message: `Names are re-exported here, but ${opening.reason}, so ${unchecked(demands)}.`,
    evidence: [],
  }),
});
