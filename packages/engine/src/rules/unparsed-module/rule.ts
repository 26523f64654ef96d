import { unknowns, unknownBreakage } from '../unknowns.js';
import type { Unknown } from '../unknowns.js';
import { groupBy } from '../../collections/group-by.js';
import { defineRule } from '../define-rule.js';
import type { Breakage, RuleFacts } from '../define-rule.js';

const IN_OUTPUT = 'build it again; if it is not code, remove it from the output';
const IN_SOURCE = 'fix the syntax; if it is not code, move it to a folder for fixtures or templates';

const UNREAD = 'split it into smaller files, or do not load it from an entry point';

interface Data extends Unknown {
  /** How many more files are written in the same dialect. */
  readonly others: number;
}

export const unparsedModule = defineRule<Data>({
  code: 'VE902',
  name: 'unparsed-module',
  reference: 'https://tc39.es/ecma262/#sec-ecmascript-language-scripts-and-modules',
  unknowns: ['unparsed-module'],
  since: '0.1.0',
  severity: 'error',
  title: 'A module does not parse, so its imports and exports are unknown.',
  find: (facts, kinds) =>
    byDialect(facts, unknowns(facts, kinds)).map(([unknown, ...others]) => ({
      ...unknownBreakage(facts, unknown),
      ...(isDialect(unknown)
        ? {
            identity: [unknown.unknownFact.kind, ...dialectOf(facts, unknown)],
            hits: [unknown, ...others].flatMap((one) => unknownBreakage(facts, one).hits),
          }
        : {}),
      ...severityOf(unknown),
      data: { ...unknown, others: others.length },
    })),
  describe: (unknown) => {
    const { unknownFact, others } = unknown;
    const reason = unknownFact.reason.replace(/\.$/, '');
    const more = others > 0 ? `, like ${others} more file${others === 1 ? '' : 's'}` : '';
    return {
      message: `This file ${unknownFact.unread ? 'was not parsed' : 'does not parse'} (${reason})${more}, so its imports and exports are unknown.`,
      evidence: [],
      ...(isDialect(unknown)
        ? {}
        : {
            fix: {
              title: unknownFact.unread ? UNREAD : unknownFact.inSource ? IN_SOURCE : IN_OUTPUT,
              edits: [],
            },
          }),
    };
  },
});

/** The parser knows the dialect, such as Flow, and does not read it. The code may be valid. */
function isDialect({ unknownFact: { reason, inSource } }: Unknown): boolean {
  return inSource === true && / is not supported\b/.test(reason);
}

/** The compiler reports a source that does not parse, and it may not be code. A file that was not read may be valid. */
function severityOf(unknown: Unknown): Pick<Breakage<Data>, 'atMost'> {
  if (isDialect(unknown)) return { atMost: 'info' };
  return unknown.unknownFact.inSource || unknown.unknownFact.unread ? { atMost: 'warning' } : {};
}

/** All files of one dialect have one cause. Each other file has its own. */
function byDialect(facts: RuleFacts, all: readonly Unknown[]): readonly (readonly [Unknown, ...Unknown[]])[] {
  const groups = groupBy(all, (unknown) =>
    JSON.stringify(isDialect(unknown) ? dialectOf(facts, unknown) : unknown.unknownFact.place),
  );
  return [...groups.values()];
}

function dialectOf({ own, lookUp }: RuleFacts, { unknownFact }: Unknown): readonly [string, string] {
  return [lookUp.packages.ownerOf(unknownFact.place.file) ?? own.project, unknownFact.reason];
}
