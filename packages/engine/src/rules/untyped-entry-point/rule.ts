import { unknownBreakage, unknowns, unchecked } from '../unknowns.js';
import type { Unknown } from '../unknowns.js';
import { defineRule } from '../define-rule.js';

export const untypedEntryPoint = defineRule<Unknown>({
  code: 'VE903',
  name: 'untyped-entry-point',
  reference: 'https://www.typescriptlang.org/docs/handbook/modules/reference.html#packagejson-exports',
  unknowns: ['no-declarations'],
  since: '0.1.0',
  severity: 'info',
  title: 'Types are imported from an entry point that has no declarations.',
  find: (facts, kinds) => unknowns(facts, kinds).map((unknown) => unknownBreakage(facts, unknown)),
  describe: ({ unknownFact, demands }) => ({
    message: `Types are imported from this entry point, but ${unknownFact.reason}, so ${unchecked(demands)}.`,
    evidence: [],
  }),
});
