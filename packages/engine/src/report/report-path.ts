/** The file for a project's report, relative to the workspace root. */
export function reportPathOf(projectRoot: string): string {
  return projectRoot === '.' ? '.verify-exports/report.json' : `.verify-exports/${projectRoot}/report.json`;
}
