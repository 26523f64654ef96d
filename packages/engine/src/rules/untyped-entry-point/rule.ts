import type { FilePath } from '../../model/place.js';
import { typesPackageOf } from '../../resolve/installed-types.js';
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
  describe({ unknownFact, demands }) {
    const installed = installedPackage(unknownFact.place.file);
    return {
      message: `Types are imported from this entry point, but ${unknownFact.reason}, so ${unchecked(demands)}.`,
      evidence: [],
      ...(installed !== undefined && {
        fix: {
          title: `install declarations for "${installed}", such as "${typesPackageOf(installed)}" if it exists`,
          edits: [],
        },
      }),
    };
  },
});

/** The installed package that a file belongs to. */
function installedPackage(file: FilePath): string | undefined {
  return /.*(?:^|\/)node_modules\/((?:@[^/]+\/)?[^/]+)\//.exec(file)?.[1];
}
