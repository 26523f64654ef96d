import { defineRule } from '../define-rule.js';
import { externalBreakage, externalProblems, typesEvidence } from '../external-packages.js';
import type { ExternalProblem } from '../external-packages.js';

export const undeclaredExternal = defineRule<ExternalProblem>({
  code: 'VE303',
  name: 'undeclared-external',
  reference: 'https://nodejs.org/api/esm.html#resolution-algorithm-specification',
  since: '0.1.0',
  severity: 'error',
  title: 'Built output imports a package that its package.json does not declare.',

  find: (facts) =>
    externalProblems(facts)
      .filter(({ why }) => why !== 'development')
      .map((problem) => externalBreakage(facts, problem)),

  describe(problem, lookUp) {
    const { first, why, consumer, manifest, declare } = problem;
    const fix =
      why === 'browser'
        ? undefined
        : lookUp.fixes.external(problem.project, declare, {
            developmentOnly: false,
            optional: problem.isOptional,
          });
    const declares = `${manifest?.file ?? 'the workspace'} does not declare "${declare}"`;
    const consequence: Record<Exclude<ExternalProblem['why'], 'development'>, string> = {
      browser: 'browsers do not resolve package names, and no import map of the page lists it',
      undeclared: `${declares}, so installing "${consumer}" does not install it`,
      hoisted: `${declares}, and neither does the workspace root. It resolves only because another package installs it`,
      absent: `${declares}, and it does not resolve from there`,
    };
    return {
      message: `"${first.specifier}" is ${verbOf(first)}, but ${consequence[why as 'browser']}.`,
      evidence: manifest
        ? [
            { role: 'manifest', text: '', place: { file: manifest.file, start: 0, end: 0 } },
            ...typesEvidence(problem),
          ]
        : [],
      ...(fix
        ? { fix }
        : why === 'browser'
          ? { fix: { title: `bundle "${declare}", or add it to an import map of the page`, edits: [] } }
          : {}),
    };
  },
});

function verbOf({ required, typesOnly }: ExternalProblem['first']): string {
  if (typesOnly) return 'imported in built declarations';
  return `${required ? 'required' : 'imported'} in built output`;
}
