import { nxMajor } from './nx-major';

/**
 * Whether Nx prints the output of a batch's tasks itself. Delete this when Nx 21 is no longer
 * supported: then it always does.
 */
export function printsBatchOutput(workspaceRoot: string): boolean {
  return nxMajor(workspaceRoot) >= 22;
}
