import { defineRule } from '../define-rule.js';
import { externalBreakage, externalProblems, typesEvidence } from '../external-packages.js';
import type { ExternalProblem } from '../external-packages.js';

export const devOnlyExternal = defineRule<ExternalProblem>({
  code: 'VE304',
  name: 'dev-only-external',
  reference: 'https://docs.npmjs.com/cli/configuring-npm/package-json#devdependencies',
  since: '0.1.0',
  severity: 'error',
  title: 'Built output imports a package that is only a development dependency.',

  find: (facts) =>
    externalProblems(facts)
      .filter(({ why }) => why === 'development')
      .map((problem) => externalBreakage(facts, problem)),

  describe(problem, lookUp) {
    const { project, first, consumer, manifest, declare, isOptional } = problem;
    const fix = lookUp.fixes.external(project, declare, { developmentOnly: false, optional: isOptional });
    const verb = first.typesOnly
      ? 'imported in built declarations'
      : `${first.required ? 'required' : 'imported'} in built output`;
    return {
      message: `"${first.specifier}" is ${verb}, but ${manifest!.file} declares "${declare}" only in devDependencies, so installing "${consumer}" does not install it.`,
      evidence: [
        { role: 'manifest', text: '', place: lookUp.explain.declarationIn(manifest!, declare) },
        ...typesEvidence(problem),
      ],
      ...(fix ? { fix } : {}),
    };
  },
});
