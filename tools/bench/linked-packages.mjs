import { join } from 'node:path';

const repository = join(import.meta.dirname, '../..');

/**
 * What generated workspaces need in node_modules: Nx, the plugin and the engine of this repository.
 *
 * @param {string} [nx] the folder of another Nx
 */
export function linkedPackages(nx = join(repository, 'node_modules/nx')) {
  return {
    nx,
    '@verify-exports/nx': join(repository, 'packages/nx'),
    '@verify-exports/engine': join(repository, 'packages/engine'),
  };
}
