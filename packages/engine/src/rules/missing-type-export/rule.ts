import type { LosingStar } from '../../model/demand.js';
import type { FixIdea } from '../../model/fix-idea.js';
import { defineRule } from '../define-rule.js';
import { typesPackageIn } from '../../resolve/installed-types.js';
import { withExtension } from '../extensionless-words.js';
import { aliasFix } from '../left-alias-breakages.js';
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
    const types = typesPackageIn(served.entry.file);
    const entry = from === undefined ? 'its built entry point' : `the built entry point of "${from}"`;
    const declarations =
      types === undefined
        ? `the declarations of ${entry} do`
        : `"${types}", which has its declarations, does`;
    const declaration = name === 'default' ? undefined : lookUp.explain.declarationOf(provider, name);
    const { behind } = served;
    const fix = behind
      ? fixOfStar(behind)
      : types !== undefined
        ? {
            title: `declare "${name}" in "${types}", or give "${demand.specifier}" declarations of its own`,
            edits: [],
          }
        : name === 'default'
          ? lookUp.fixes.defaultExport(provider, served.entry.file)
          : declaration && lookUp.fixes.reexport(provider, served.entry.file, name);
    return {
      message: `"${name}" is ${verbOf(demand)} from "${demand.specifier}", but ${declarations} not export it.`,
      evidence: [
        ...evidence,
        entryEvidence(served.entry),
        ...offersEvidence(name, served.offers).filter(({ role }) => !declaration || role !== 'similar'),
        ...(behind
          ? [
              {
                role: 'cause' as const,
                text: whyLost(behind),
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

function whyLost(star: LosingStar): string {
  if (star.kind === 'extensionless')
    return `"${star.specifier}" has no extension, so TypeScript does not find it under nodenext`;
  return `"${star.specifier}" is a path alias that the compiler did not replace, so TypeScript does not find ${star.file}`;
}

function fixOfStar(star: LosingStar): FixIdea {
  return star.kind === 'extensionless' ? withExtension(star) : aliasFix(star.place.file, star.alias);
}
