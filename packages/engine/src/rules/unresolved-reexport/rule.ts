import { unknownBreakage, unknowns, unchecked } from '../unknowns.js';
import type { Unknown } from '../unknowns.js';
import { defineRule } from '../define-rule.js';

export const unresolvedReexport = defineRule<Unknown>({
  code: 'VE904',
  name: 'unresolved-reexport',
  reference: 'https://nodejs.org/api/esm.html#resolution-algorithm-specification',
  unknowns: ['unresolved-star'],
  since: '0.1.0',
  severity: 'info',
  title: 'An entry point re-exports a module that cannot be resolved or read.',
  find: (facts, kinds) => unknowns(facts, kinds).map((unknown) => unknownBreakage(facts, unknown)),
  describe: ({ unknownFact, demands }) => ({
    message: `Names are re-exported here, but ${unknownFact.reason}, so ${unchecked(demands)}.`,
    evidence: [],
  }),
});
