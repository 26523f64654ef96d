// @nx/devkit re-exports this function from here. It is an optional peer: `nx add` does not
// install it, and npm could pick a version for another major than the workspace's. Nx 20 to 24 all
// have this path. Delete this file, and import from @nx/devkit, when the plugin can require it, or
// when a supported major no longer has the path.
type Devkit = Pick<typeof import('@nx/devkit'), 'createProjectGraphAsync'>;

function loadDevkit(): Devkit {
  return require('nx/src/devkit-exports') as Devkit;
}

/** Creates the project graph, or gets it from the daemon. */
export function createProjectGraph(): ReturnType<Devkit['createProjectGraphAsync']> {
  return loadDevkit().createProjectGraphAsync();
}
