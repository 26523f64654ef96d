import type { LinkError } from '../../model/demand.js';
import { brokenProviders, linkBreakage } from '../broken-output.js';
import { defineRule } from '../define-rule.js';

export const missingModule = defineRule<Extract<LinkError, { readonly kind: 'missing-module' }>>({
  code: 'VE301',
  name: 'missing-module',
  since: '0.1.0',
  severity: 'error',
  title: 'Built output imports a file that was not built.',

  find: (facts) =>
    brokenProviders(facts, 'missing-module').map((broken) => linkBreakage(facts, broken, [], broken.error)),

  describe: (error) => ({
    message: `"${error.specifier}" is ${error.required ? 'required' : 'imported'} in built output, but ${lacking(error)}, so ${error.required ? 'whatever reaches this line fails' : 'nothing that loads it starts'}.`,
    evidence: error.near.map((file) => ({ role: 'similar', text: '', place: { file, start: 0, end: 0 } })),
  }),
});

function lacking({ unserved, required }: Extract<LinkError, { readonly kind: 'missing-module' }>): string {
  if (unserved === undefined) return 'there is no such file';
  return `"imports" of ${unserved} does not serve it to ${required ? 'require' : 'import'}`;
}
