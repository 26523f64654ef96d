import type { Demand } from '../model/demand.js';
import type { WorkspacePackage } from '../model/workspace.js';
import { dependencyGraph } from '../read/dependency-paths.js';
import type { DependencyGraph } from '../read/dependency-paths.js';
import type { WorkspaceView } from '../workspace-view.js';

/**
 * What each other package imports from a provider. The output of a package is read only if the
 * package depends on the provider: reading all output of a large workspace takes long. Sources are
 * always read, because a root manifest may declare everything.
 *
 * @returns packages without such imports are left out
 */
export function importsFrom(
  { run, demands }: WorkspaceView,
  provider: WorkspacePackage,
): readonly { readonly pkg: WorkspacePackage; readonly demands: readonly Demand[] }[] {
  const graph: DependencyGraph = dependencyGraph(run.workspace);
  return run.workspace.packages.flatMap((pkg) => {
    if (pkg === provider || pkg.problem) return [];
    const dependsOn = graph.get(pkg.project)?.has(provider.project) ?? false;
    const all = dependsOn ? demands.of(pkg).demands : demands.ofSourcesOn(provider, pkg);
    const wanted = all.filter((demand) => demand.provider === provider.project);
    return wanted.length > 0 ? [{ pkg, demands: wanted }] : [];
  });
}
