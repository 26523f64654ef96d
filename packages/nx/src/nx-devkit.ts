type Devkit = Pick<typeof import('@nx/devkit'), 'createProjectGraphAsync'>;

/** What of Nx's devkit comes with Nx itself: @nx/devkit is optional, and dear to load. */
export function createProjectGraph(): ReturnType<Devkit['createProjectGraphAsync']> {
  const { createProjectGraphAsync } = require('nx/src/devkit-exports') as Devkit;
  return createProjectGraphAsync();
}
