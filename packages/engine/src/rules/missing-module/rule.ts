import type { MissingReference } from '../../model/bundle-trace.js';
import type { LinkError } from '../../model/demand.js';
import { brokenProviders, linkBreakage } from '../broken-output.js';
import { defineRule } from '../define-rule.js';
import type { Breakage, RuleFacts } from '../define-rule.js';
import { leftAliases, leftAliasWords } from '../left-aliases.js';
import type { AliasData } from '../left-aliases.js';
import { missingBreakage, missingFiles, similar } from '../missing-files.js';

type Data = Extract<LinkError, { readonly kind: 'missing-module' }> | MissingReference | AliasData;

export const missingModule = defineRule<Data>({
  code: 'VE301',
  name: 'missing-module',
  reference: 'https://tc39.es/ecma262/#sec-LoadRequestedModules',
  since: '0.1.0',
  severity: 'error',
  title: 'Built output imports a file that was not built.',

  find(facts) {
    const broken = brokenProviders(facts, 'missing-module');
    const linked = broken
      .filter(({ error }) => !error.alias)
      .map((one): Breakage<Data> => linkBreakage(facts, one, [], one.error));
    return [...linked, ...traced(facts, linked), ...leftAliases(facts, broken)];
  },

  describe(data) {
    if (data.kind === 'alias') return leftAliasWords(data);
    return {
      message: `"${data.specifier}" is ${verbOf(data)}, but ${consequenceOf(data)}.`,
      evidence: similar(data.near),
    };
  },
});

/**
 * Missing modules that only the trace finds, such as calls in functions, declarations, workers and
 * chunks: one finding per file.
 */
function traced(facts: RuleFacts, linked: readonly Breakage<Data>[]): readonly Breakage<Data>[] {
  const found = new Map(linked.map((breakage) => [JSON.stringify(breakage.identity), breakage]));
  const added: Breakage<Data>[] = [];
  for (const missing of missingFiles(facts, true)) {
    const breakage = missingBreakage<Data>(facts, missing, missing);
    const key = JSON.stringify(breakage.identity);
    if (found.has(key)) continue;
    found.set(key, breakage);
    added.push(breakage);
  }
  return added;
}

function verbOf(data: Exclude<Data, AliasData>): string {
  if (data.kind === 'chunk') return 'loaded as a chunk';
  if (data.kind === 'types') return 'imported in built declarations';
  return `${data.required ? 'required' : 'imported'} in built output`;
}

function consequenceOf(data: Exclude<Data, AliasData>): string {
  switch (data.kind) {
    case 'missing-module':
      return `${absence(data)}, so ${data.required ? 'the code fails when it reaches this line' : 'this module and all modules that import it fail to load'}`;
    case 'types':
      if (data.untyped) return `there is no ${data.target}, so everything imported from it has the type any`;
      return 'there is no such file, so projects that compile against it do not get its types';
    case 'glob':
      return `no file in ${data.target} matches`;
    case 'chunk':
      return `there is no ${data.target}, so the import that needs it fails`;
    default:
      return `there is no ${/^[./]/.test(data.specifier) ? 'such file' : data.target}, so the code fails when it reaches this line`;
  }
}

function absence({ unserved, required }: Extract<LinkError, { readonly kind: 'missing-module' }>): string {
  if (unserved === undefined) return 'there is no such file';
  return `"imports" of ${unserved} has no target for it when it is ${required ? 'required' : 'imported'}`;
}
