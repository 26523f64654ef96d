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
  title: 'Node does not detect an imported name in a CommonJS entry point.',

  find: (facts) =>
    unmetDemands(facts, 'undetectable-cjs-export').map((group) =>
      demandBreakage<'undetectable-cjs-export', Data>(facts, group, {
        demand: group.demands[0],
        why: group.why,
      }),
    ),

  describe({ demand, why }) {
    const name = demand.name!;
    const reason = why.assigned
      ? 'assigns the name in a way that Node does not detect'
      : 'creates its exports in a way that Node cannot read, so the import fails';
    return {
      message: `"${name}" is ${verbOf(demand)} from "${demand.specifier}", but its built entry point is CommonJS and ${reason}.`,
      evidence: [
        entryEvidence(why.entry),
        ...(why.assigned ? [{ role: 'assigned' as const, text: '', place: why.assigned }] : []),
        ...(why.created ? [{ role: 'cause' as const, text: '', place: why.created }] : []),
        { role: 'detected', text: listed(why.offers.filter((offer) => offer !== '__esModule')) },
      ],
      fix: {
        title: `import the whole module: \`import whole from '${demand.specifier}'; const { ${name} } = whole\``,
        edits: [],
      },
    };
  },
});
