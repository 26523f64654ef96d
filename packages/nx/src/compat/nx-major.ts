/**
 * The major version of the Nx that a workspace runs. Delete this when no other file in this folder
 * needs it.
 */
export function nxMajor(workspaceRoot: string): number {
  const { version } = require(require.resolve('nx/package.json', { paths: [workspaceRoot, __dirname] })) as {
    version: string;
  };
  return Number.parseInt(version, 10);
}
