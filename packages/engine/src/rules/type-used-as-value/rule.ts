import type { Demand, Unmet } from '../../model/demand.js';
import { defineRule } from '../define-rule.js';
import { demandBreakage, unmetDemands } from '../unmet-demands.js';
import { entryEvidence } from '../words.js';

interface Data {
  readonly demand: Demand;
  readonly why: Extract<Unmet, { readonly kind: 'type-used-as-value' }>;
}

export const typeUsedAsValue = defineRule<Data>({
  code: 'VE212',
  name: 'type-used-as-value',
  reference:
    'https://www.typescriptlang.org/docs/handbook/modules/reference.html#type-only-imports-and-exports',
  since: '0.1.0',
  severity: 'error',
  title: 'An imported name is used as a value, but the built declarations export it only as a type.',

  find: (facts) =>
    unmetDemands(facts, 'type-used-as-value').map((group) =>
      demandBreakage<'type-used-as-value', Data>(facts, group, { demand: group.demands[0], why: group.why }),
    ),

  describe: ({ demand: { name, specifier }, why: { entry, used, declared } }) => ({
    message: `"${name}" is imported from "${specifier}" and used as a value, but its declarations export it only as a type, so TypeScript does not compile it.`,
    evidence: [
      { role: 'used', text: '', place: used },
      entryEvidence(entry),
      { role: 'declared', text: '', place: declared },
    ],
  }),
});
