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

/** Whether anything may be kept between commands. */
export function keepsData(): boolean {
  return process.env['VERIFY_EXPORTS_CACHE'] !== 'false';
}

/**
 * The folder for what the engine has read from modules; undefined if it must not keep anything.
 */
export function engineCacheFolder(workspaceRoot: string): string | undefined {
  return keepsData() ? join(dataFolder(workspaceRoot), 'verify-exports') : undefined;
}
