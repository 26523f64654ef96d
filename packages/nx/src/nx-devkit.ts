import type { Tree } from '@nx/devkit';

type Devkit = Pick<typeof import('@nx/devkit'), 'createProjectGraphAsync' | 'getProjects'>;

/** The parts of @nx/devkit that nx itself contains. @nx/devkit is optional, and slow to load. */
export function createProjectGraph(): ReturnType<Devkit['createProjectGraphAsync']> {
  const { createProjectGraphAsync } = require('nx/src/devkit-exports') as Devkit;
  return createProjectGraphAsync();
}

/** How many projects the workspace has. Does not build the project graph. */
export function countProjects(tree: Tree): number {
  const { getProjects } = require('nx/src/devkit-exports') as Devkit;
  return getProjects(tree).size;
}
