import type { ProjectGraph, TaskGraph } from '@nx/devkit';
import type { ProjectInput, WorkspaceInput } from '../engine';
import { importsInCircles } from './circular-imports';
import { engineCacheFolder } from './data-folder';
import { kindIn } from './kind-in';
import { readNxJson } from './release-facts';
import { projectsFromGraph } from './workspace-from-graph';

export interface NxFacts {
  /** Absolute path of the workspace root. */
  readonly root: string;
  readonly projectGraph: ProjectGraph;
  readonly taskGraph?: TaskGraph | undefined;
  /** See `GraphFacts.buildTargets`. */
  readonly buildTargets: ReadonlyMap<string, readonly string[]>;
}

/** The workspace as the engine's input: every project of the graph, and which task checks imports in circles. */
export function workspaceInput({ root, projectGraph, taskGraph, buildTargets }: NxFacts): WorkspaceInput {
  const projects = projectsFromGraph({
    projectGraph,
    taskGraph,
    buildTargets,
    kindOf: kindIn(root),
    nxJson: readNxJson(root),
  });
  const cacheFolder = engineCacheFolder(root);
  return {
    root,
    projects: projects.map((project) => ({ ...project, leaveOut: leaveOut(project) })),
    checkedElsewhere: importsInCircles(projectGraph),
    ...(cacheFolder !== undefined && { cacheFolder }),
  };
}

/** How to leave a project out, at the end of the remedy for a project that is not built. */
function leaveOut({ name, root }: Pick<ProjectInput, 'name' | 'root'>): string {
  const always = root === '.' ? '' : `, or "exclude": ["${root}/**"] to the plugin in nx.json`;
  return `To leave this project out, add \`--exclude=${name}\` to the command${always}.`;
}
