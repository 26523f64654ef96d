import { join } from 'node:path';

/**
 * The folder in which Nx keeps data about the workspace between commands. It is found as Nx does,
 * because Nx's own `workspaceDataDirectory` is in another module on almost every major.
 */
export function dataFolder(workspaceRoot: string): string {
  const { NX_WORKSPACE_DATA_DIRECTORY, NX_PROJECT_GRAPH_CACHE_DIRECTORY } = process.env;
  const stated = NX_WORKSPACE_DATA_DIRECTORY ?? NX_PROJECT_GRAPH_CACHE_DIRECTORY;
  return join(workspaceRoot, stated ?? join('.nx', 'workspace-data'));
}

/**
 * The folder for what the engine has read from modules; undefined if it must not keep anything.
 */
export function engineCacheFolder(workspaceRoot: string): string | undefined {
  if (process.env['VERIFY_EXPORTS_CACHE'] === 'false') return undefined;
  return join(dataFolder(workspaceRoot), 'verify-exports');
}

/** The folder for the compiled code of the engine; undefined if nothing must be kept. */
export function codeFolder(workspaceRoot: string): string | undefined {
  if (process.env['VERIFY_EXPORTS_CACHE'] === 'false') return undefined;
  return join(dataFolder(workspaceRoot), 'verify-exports-code');
}
