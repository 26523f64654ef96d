import { unknownBreakage, unknowns } from '../unknowns.js';
import type { Unknown } from '../unknowns.js';
import { defineRule } from '../define-rule.js';

export const opaqueImage = defineRule<Unknown>({
  code: 'VE906',
  name: 'opaque-image',
  reference: 'https://docs.docker.com/reference/dockerfile/#run',
  unknowns: ['opaque-image'],
  since: '0.1.0',
  severity: 'info',
  title: 'A Dockerfile does not show everything that its image contains.',
  find: (facts, kinds) => unknowns(facts, kinds).map((unknown) => unknownBreakage(facts, unknown)),
  describe: ({ unknownFact }) => ({
    message: `Static analysis cannot determine what the image contains (${unknownFact.reason}), so a missing file would not be reported.`,
    evidence: [],
  }),
});
