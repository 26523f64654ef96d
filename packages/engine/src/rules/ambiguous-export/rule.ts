import type { Demand, LinkError, Unmet } from '../../model/demand.js';
import { brokenProviders, linkBreakage } from '../broken-output.js';
import { defineRule } from '../define-rule.js';
import type { Description } from '../define-rule.js';
import { oneForEachCause } from '../one-cause.js';
import { demandBreakage, unmetDemands } from '../unmet-demands.js';
import { chooseOrigin, entryEvidence, originEvidence, verbOf } from '../words.js';

type Data =
  | {
      readonly kind: 'demand';
      readonly demand: Demand;
      readonly why: Extract<Unmet, { readonly kind: 'ambiguous-export' }>;
    }
  | { readonly kind: 'link'; readonly error: Extract<LinkError, { readonly kind: 'ambiguous-export' }> };

export const ambiguousExport = defineRule<Data>({
  code: 'VE203',
  name: 'ambiguous-export',
  reference: 'https://tc39.es/ecma262/#sec-resolveexport',
  since: '0.1.0',
  severity: 'error',
  title: 'An imported name is not exported, because two `export *` conflict.',

  find: (facts) => [
    ...unmetDemands(facts, 'ambiguous-export').map((group) =>
      demandBreakage<'ambiguous-export', Data>(facts, group, {
        kind: 'demand',
        demand: group.demands[0],
        why: group.why,
      }),
    ),
    ...oneForEachCause(
      brokenProviders(facts, 'ambiguous-export').map((broken) =>
        linkBreakage<Data>(facts, broken, [broken.error.target, broken.error.name], {
          kind: 'link',
          error: broken.error,
        }),
      ),
    ),
  ],

  describe: (data) => (data.kind === 'demand' ? ofDemand(data) : ofLink(data.error)),
});

function ofDemand({ demand, why }: Data & { kind: 'demand' }): Description {
  return {
    message: `"${demand.name!}" is ${verbOf(demand)} from "${demand.specifier}", but its built entry point has two conflicting \`export *\` for this name, so it exports neither.`,
    evidence: [entryEvidence(why.entry), ...originEvidence(why.origins)],
    fix: chooseOrigin(demand.name!),
  };
}

function ofLink(error: Extract<LinkError, { readonly kind: 'ambiguous-export' }>): Description {
  return {
    message: `"${error.name}" is imported from "${error.specifier}" in built output, but that file has two conflicting \`export *\` for this name, so every module that loads it fails.`,
    evidence: originEvidence(error.origins),
    fix: chooseOrigin(error.name),
  };
}
