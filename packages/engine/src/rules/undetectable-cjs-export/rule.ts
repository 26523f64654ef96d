import type { Demand, Unmet } from '../../model/demand.js';
import { defineRule } from '../define-rule.js';
import { demandBreakage, unmetDemands } from '../unmet-demands.js';
import { entryEvidence, listed, verbOf } from '../words.js';

interface Data {
  readonly demand: Demand;
  readonly why: Extract<Unmet, { readonly kind: 'undetectable-cjs-export' }>;
}

export const undetectableCjsExport = defineRule<Data>({
  code: 'VE204',
  name: 'undetectable-cjs-export',
  reference: 'https://github.com/nodejs/cjs-module-lexer',
  since: '0.1.0',
  severity: 'error',
  title: 'A CommonJS entry point assigns an imported name in a way that Node does not detect.',

  find: (facts) =>
    unmetDemands(facts, 'undetectable-cjs-export').map((group) =>
      demandBreakage<'undetectable-cjs-export', Data>(facts, group, {
        demand: group.demands[0],
        why: group.why,
      }),
    ),

  describe({ demand, why }) {
    const name = demand.name!;
    return {
      message: `"${name}" is ${verbOf(demand)} from "${demand.specifier}", but its built entry point is CommonJS and assigns the name in a way that Node does not detect.`,
      evidence: [
        entryEvidence(why.entry),
        { role: 'assigned', text: '', place: why.assigned },
        { role: 'detected', text: listed(why.offers.filter((offer) => offer !== '__esModule')) },
      ],
      fix: {
        title: `import the whole module: \`import whole from '${demand.specifier}'; const { ${name} } = whole\``,
        edits: [],
      },
    };
  },
});
