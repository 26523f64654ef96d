import { defineRule } from '../define-rule.js';
import { brokenProviders } from '../broken-output.js';
import { leftAliases, leftAliasWords } from '../left-alias-breakages.js';
import type { AliasData } from '../left-alias-breakages.js';
import { similar } from '../missing-files.js';
import { missingEntryOf, missingModules } from '../missing-modules.js';
import type { MissingModule } from '../missing-modules.js';

type Data = MissingModule | AliasData;

export const missingModule = defineRule<Data>({
  code: 'VE301',
  name: 'missing-module',
  reference: 'https://tc39.es/ecma262/#sec-LoadRequestedModules',
  since: '0.1.0',
  severity: 'error',
  title: 'Built output imports a file that was not built.',

  // Another rule reports a file that a manifest names, together with the places that import it.
  find: (facts) => [
    ...missingModules(facts).filter((breakage) => missingEntryOf(facts, breakage) === undefined),
    ...leftAliases(facts, brokenProviders(facts, 'missing-module')),
  ],

  describe(data) {
    if (data.kind === 'alias') return leftAliasWords(data);
    return {
      message: `"${data.specifier}" is ${verbOf(data)}, but ${consequenceOf(data)}.`,
      evidence: similar(data.near),
    };
  },
});

function verbOf(data: MissingModule): string {
  if (data.kind === 'chunk') return 'loaded as a chunk';
  if (data.kind === 'types') return 'imported in built declarations';
  return `${data.required ? 'required' : 'imported'} in built output`;
}

function consequenceOf(data: MissingModule): string {
  if (data.kind !== 'missing-module' && data.unserved !== undefined)
    return `${absence(data)}, so the code fails when it reaches this line`;
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

function absence({ unserved, required }: MissingModule): string {
  if (unserved === undefined) return 'there is no such file';
  return `"imports" of ${unserved} has no target for it when it is ${required ? 'required' : 'imported'}`;
}
