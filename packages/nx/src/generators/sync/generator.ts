import type { ProjectGraph, Tree } from '@nx/devkit';
import { openWorkspace } from '../open-workspace';
import { writePlan } from '../write-plan';

/** The result of a sync generator of Nx: a message if something is out of sync. */
interface SyncResult {
  readonly outOfSyncMessage?: string;
}

/**
 * Declares the workspace packages that sources import and manifests do not declare. This is the
 * only fix that needs no build. It runs only if nx.json lists it in `sync.globalGenerators`.
 */
export default async function syncGenerator(
  tree: Tree,
  _options: unknown = {},
  graph?: ProjectGraph,
): Promise<SyncResult | undefined> {
  const { engine, input, options } = await openWorkspace(tree, graph);
  const plan = engine.planFixes({
    workspace: input,
    check: (run) =>
      [...options].map(([project, own]) => ({
        findings: engine.verifySources(run, project, own),
        problems: [],
      })),
  });
  writePlan(tree, plan);
  if (plan.files.length === 0) return undefined;
  const manifests = plan.files.map(({ file }) => file).join(', ');
  return { outOfSyncMessage: `Sources import workspace packages that are not declared in ${manifests}.` };
}
