import type { Tree } from '@nx/devkit';

type Devkit = Pick<typeof import('@nx/devkit'), 'createProjectGraphAsync' | 'getProjects'>;

/** What of Nx's devkit comes with Nx itself: @nx/devkit is optional, and dear to load. */
export function createProjectGraph(): ReturnType<Devkit['createProjectGraphAsync']> {
  const { createProjectGraphAsync } = require('nx/src/devkit-exports') as Devkit;
  return createProjectGraphAsync();
}

/** How many projects the workspace has, without its graph being made. */
export function countProjects(tree: Tree): number {
  const { getProjects } = require('nx/src/devkit-exports') as Devkit;
  return getProjects(tree).size;
}
