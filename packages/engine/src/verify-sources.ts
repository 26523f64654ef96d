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
 * The findings that need only a project's sources and manifests, and no build: workspace packages
 * that are imported and not declared.
 *
 * @returns the findings after options are applied; none if the project is unknown or cannot be read
 */
export function verifySources(run: Run, project: string, options: VerifyOptions = {}): readonly Finding[] {
  const own = run.packageOf(project);
  if (!own || own.problem) return [];
  const view = viewOf(run, { conditions: options.conditions ?? [] });
  const { demands } = view.demands.ofSources(own);
  // Only a build shows whether an import is met. Whether it is declared does not depend on that.
  const answers = demands.map((demand) => ({ demand, verdict: 'met' as const }));
  const facts = { ...noFacts(own, new WorkspaceLookUp(view)), answers };
  const locator = new Locator((file) => run.modules.text(file));
  return applyOptions(buildFindings(facts, locator, [undeclaredWorkspaceDependency]), options).findings;
}
