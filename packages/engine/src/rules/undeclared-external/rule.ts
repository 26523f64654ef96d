import { defineRule } from '../define-rule.js';
import { externalBreakage, externalProblems } from '../external-packages.js';
import type { ExternalProblem } from '../external-packages.js';

export const undeclaredExternal = defineRule<ExternalProblem>({
  code: 'VE303',
  name: 'undeclared-external',
  since: '0.1.0',
  severity: 'error',
  title: 'Built output imports a package that the manifest it is installed with does not declare.',

  find: (facts) =>
    externalProblems(facts)
      .filter(({ why }) => why !== 'development')
      .map((problem) => externalBreakage(facts, problem)),

  describe(problem, lookUp) {
    const { first, why, consumer, manifest, declare } = problem;
    const fix = why === 'browser' ? undefined : lookUp.fixes.external(problem.project, declare);
    const declares = `${manifest?.file ?? 'the workspace'} does not declare "${declare}"`;
    const consequence: Record<Exclude<ExternalProblem['why'], 'development'>, string> = {
      browser: 'browsers find no packages by name, and no import map tells them where it is',
      undeclared: `${declares}, so whoever installs "${consumer}" does not get it`,
      hoisted: `${declares}, and neither does the workspace's root; it is found only because something else installs it`,
      absent: `${declares}, and it cannot be found from there`,
    };
    return {
      message: `"${first.specifier}" is ${verbOf(first)}, but ${consequence[why as 'browser']}.`,
      evidence: manifest
        ? [{ role: 'manifest', text: '', place: { file: manifest.file, start: 0, end: 0 } }]
        : [],
      ...(fix
        ? { fix }
        : why === 'browser'
          ? { fix: { title: `bundle "${declare}", or name it in an import map of the page`, edits: [] } }
          : {}),
    };
  },
});

function verbOf({ required, typesOnly }: ExternalProblem['first']): string {
  if (typesOnly) return 'imported in built declarations';
  return `${required ? 'required' : 'imported'} in built output`;
}
