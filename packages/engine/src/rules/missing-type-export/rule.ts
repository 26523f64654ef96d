import { defineRule } from '../define-rule.js';
import { withExtension } from '../extensionless-words.js';
import { loserOf, nameBreakage } from '../lost-names.js';
import type { UnmetName } from '../lost-names.js';
import { oneForEachCause } from '../one-cause.js';
import { unmetDemands } from '../unmet-demands.js';
import { entryEvidence, offersEvidence, verbOf } from '../words.js';

export const missingTypeExport = defineRule<UnmetName>({
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
    return oneForEachCause(
      unmetDemands(facts, 'missing-type-export')
        .filter(({ demands: [d] }) => !missingAtRunTime.has(JSON.stringify([d.provider, d.subpath, d.name])))
        .map((group) => nameBreakage<'missing-type-export', UnmetName>(facts, group, (unmet) => unmet)),
    );
  },

  describe(unmet, lookUp) {
    const { demand } = unmet;
    const name = demand.name!;
    const { provider, served, from, evidence } = loserOf(unmet, lookUp);
    const entry = from === undefined ? 'its built entry point' : `the built entry point of "${from}"`;
    const declaration = name === 'default' ? undefined : lookUp.explain.declarationOf(provider, name);
    const { behind } = served;
    const fix = behind
      ? withExtension(behind)
      : name === 'default'
        ? lookUp.fixes.defaultExport(provider, served.entry.file)
        : declaration && lookUp.fixes.reexport(provider, served.entry.file, name);
    return {
      message: `"${name}" is ${verbOf(demand)} from "${demand.specifier}", but the declarations of ${entry} do not export it.`,
      evidence: [
        ...evidence,
        entryEvidence(served.entry),
        ...offersEvidence(name, served.offers).filter(({ role }) => !declaration || role !== 'similar'),
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
