import { unknownBreakage, unknowns } from '../unknowns.js';
import type { Unknown } from '../unknowns.js';
import { defineRule } from '../define-rule.js';

export const computedReference = defineRule<Unknown>({
  code: 'VE905',
  name: 'computed-reference',
  reference: 'https://tc39.es/ecma262/#sec-import-calls',
  unknowns: ['unknown-reference'],
  since: '0.1.0',
  severity: 'info',
  title: 'Built output refers to a file that static analysis cannot determine.',
  find: (facts, kinds) => unknowns(facts, kinds).map((unknown) => unknownBreakage(facts, unknown)),
  describe: ({ unknownFact }) => ({
    message: `Static analysis cannot determine which file is needed here (${unknownFact.reason}), so this file could not be checked.`,
    evidence: [],
  }),
});
