import { WorkspaceLookUp } from './evidence/workspace-look-up.js';
import type { VerifyOptions } from './model/options.js';
import type { Finding } from './model/report.js';
import { applyOptions } from './report/apply-options.js';
import { buildFindings } from './report/build-findings.js';
import { Locator } from './report/locate.js';
import { undeclaredWorkspaceDependency } from './rules/undeclared-workspace-dependency/rule.js';
import { noFacts } from './rules/no-facts.js';
import type { Run } from './session.js';
import { viewOf } from './workspace-view.js';

/**
 * The findings about a project that its sources and manifests alone tell, so that they can be had before any build: workspace
 * packages that are imported and not declared.
 *
 * @returns the findings, options applied; none for a project that is not known or cannot be read
 */
export function verifySources(run: Run, project: string, options: VerifyOptions = {}): readonly Finding[] {
  const own = run.packageOf(project);
  if (!own || own.problem) return [];
  const view = viewOf(run, { conditions: options.conditions ?? [] });
  const { demands } = view.demands.ofSources(own);
  // Whether a demand is met only a build can tell, and whether it is declared does not depend on it.
  const answers = demands.map((demand) => ({ demand, verdict: 'met' as const }));
  const facts = { ...noFacts(own, new WorkspaceLookUp(view)), answers };
  const locator = new Locator((file) => run.disk.readText(file));
  return applyOptions(buildFindings(facts, locator, [undeclaredWorkspaceDependency]), options).findings;
}
