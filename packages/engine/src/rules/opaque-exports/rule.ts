import { unknownBreakage, unknowns, unchecked } from '../unknowns.js';
import type { Unknown } from '../unknowns.js';
import { defineRule } from '../define-rule.js';

export const opaqueExports = defineRule<Unknown>({
  code: 'VE901',
  name: 'opaque-exports',
  reference: 'https://github.com/nodejs/cjs-module-lexer',
  unknowns: ['opaque-exports', 'installed-exports', 'undetected-by-node', 'unknown-format'],
  since: '0.1.0',
  severity: 'info',
  title: 'A built module computes its exports when it runs, so they are unknown.',
  find: (facts, kinds) => unknowns(facts, kinds).map((unknown) => unknownBreakage(facts, unknown)),
  describe: ({ unknownFact, demands }) => ({
    message: unknownFact.installed
      ? ofInstalled(unknownFact.installed, unknownFact.reason)
      : `Static analysis cannot determine what is exported here (${unknownFact.reason}), so ${unchecked(demands)}.`,
    evidence: [],
  }),
});

function ofInstalled(
  { packageName, names }: NonNullable<Unknown['unknownFact']['installed']>,
  reason: string,
): string {
  const count = names.length === 1 ? `the import of "${names[0]!}"` : `${names.length} imported names`;
  return `Static analysis cannot determine what "${packageName}" exports (${reason}), so ${count} could not be checked.`;
}
