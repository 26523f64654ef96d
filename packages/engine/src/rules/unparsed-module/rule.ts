import { unknowns, unknownBreakage } from '../unknowns.js';
import type { Unknown } from '../unknowns.js';
import { defineRule } from '../define-rule.js';

const IN_OUTPUT = 'build it again; if it is not code, remove it from the output';
const IN_SOURCE = 'fix the syntax; if it is not code, move it to a folder for fixtures or templates';

const UNREAD = 'split it into smaller files, or do not load it from an entry point';

export const unparsedModule = defineRule<Unknown>({
  code: 'VE902',
  name: 'unparsed-module',
  reference: 'https://tc39.es/ecma262/#sec-ecmascript-language-scripts-and-modules',
  unknowns: ['unparsed-module'],
  since: '0.1.0',
  severity: 'error',
  title: 'A module does not parse, so its imports and exports are unknown.',
  find: (facts, kinds) =>
    unknowns(facts, kinds).map((unknown) => ({
      ...unknownBreakage(facts, unknown),
      // The compiler reports a source that does not parse, and it may not be code. A file that was
      // not read may be valid.
      ...(unknown.unknownFact.inSource || unknown.unknownFact.unread ? { atMost: 'warning' as const } : {}),
    })),
  describe: ({ unknownFact }) => ({
    message: `This file ${unknownFact.unread ? 'was not parsed' : 'does not parse'} (${unknownFact.reason.replace(/\.$/, '')}), so its imports and exports are unknown.`,
    evidence: [],
    fix: { title: unknownFact.unread ? UNREAD : unknownFact.inSource ? IN_SOURCE : IN_OUTPUT, edits: [] },
  }),
});
