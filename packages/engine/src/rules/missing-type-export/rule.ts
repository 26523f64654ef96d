import type { Demand, Served } from '../../model/demand.js';
import { defineRule } from '../define-rule.js';
import { withExtension } from '../extensionless-words.js';
import { demandBreakage, unmetDemands } from '../unmet-demands.js';
import { entryEvidence, offersEvidence, verbOf } from '../words.js';

export const missingTypeExport = defineRule<{ readonly demand: Demand; readonly served: Served }>({
  code: 'VE202',
  name: 'missing-type-export',
  reference: 'https://www.typescriptlang.org/docs/handbook/modules/reference.html',
  since: '0.1.0',
  severity: 'error',
  title: 'An imported name is not exported by the built declarations.',

  find(facts) {
    // If a name is missing at run time too, only missing-export reports it.
    const missingAtRunTime = new Set(
      unmetDemands(facts, 'missing-export').map(({ demands: [d] }) =>
        JSON.stringify([d.provider, d.subpath, d.name]),
      ),
    );
    return unmetDemands(facts, 'missing-type-export')
      .filter(({ demands: [d] }) => !missingAtRunTime.has(JSON.stringify([d.provider, d.subpath, d.name])))
      .map((group) => demandBreakage(facts, group, { demand: group.demands[0], served: group.why }));
  },

  describe({ demand, served }, lookUp) {
    const name = demand.name!;
    const provider = lookUp.packageOf(demand.provider)!;
    const declaration = name === 'default' ? undefined : lookUp.explain.declarationOf(provider, name);
    const { behind } = served;
    const fix = behind
      ? withExtension(behind)
      : declaration && lookUp.fixes.reexport(provider, served.entry.file, name);
    return {
      message: `"${name}" is ${verbOf(demand)} from "${demand.specifier}", but the declarations of its built entry point do not export it.`,
      evidence: [
        entryEvidence(served.entry),
        ...offersEvidence(name, served.offers),
        ...(behind
          ? [
              {
                role: 'cause' as const,
                text: `"${behind.specifier}" has no extension, so TypeScript does not find it under nodenext`,
                place: behind.place,
              },
            ]
          : []),
        ...(declaration ? [{ role: 'declared' as const, text: '', place: declaration.place }] : []),
      ],
      ...(fix ? { fix } : {}),
    };
  },
});
