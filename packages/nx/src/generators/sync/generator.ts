import type { ProjectGraph, Tree } from '@nx/devkit';
import { openWorkspace } from '../open-workspace';
import { writePlan } from '../write-plan';

/** What Nx's sync generators return: words for the case that something is out of sync. */
interface SyncResult {
  readonly outOfSyncMessage?: string;
}

/**
 * Declares the workspace packages that sources import and manifests do not name: of all that can be found wrong the one thing
 * that needs no build. For `sync.globalGenerators` of nx.json; nothing attaches it by itself.
 */
export default async function syncGenerator(
  tree: Tree,
  _options: unknown = {},
  graph?: ProjectGraph,
): Promise<SyncResult | undefined> {
  const { engine, input, options } = await openWorkspace(tree, graph);
  const plan = engine.planFixes({
    workspace: input,
    judge: (run) =>
      [...options].map(([project, own]) => ({
        findings: engine.verifySources(run, project, own),
        problems: [],
      })),
  });
  writePlan(tree, plan);
  if (plan.files.length === 0) return undefined;
  const manifests = plan.files.map(({ file }) => file).join(', ');
  return { outOfSyncMessage: `Workspace packages are imported but not declared in ${manifests}.` };
}
