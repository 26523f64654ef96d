import { resolve } from 'node:path';
import type { Engine, Report } from '../../engine';
import { writeWhole } from '../../write-whole';

/** Writes a project's report to its place in the workspace. */
export function writeReport(
  engine: Engine,
  workspaceRoot: string,
  projectRoot: string,
  report: Report,
): void {
  const file = engine.reportPathOf(projectRoot);
  try {
    writeWhole(resolve(workspaceRoot, file), engine.renderJson(report));
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    throw new engine.VerifyError({
      kind: 'unreadable',
      message: `The report cannot be written to ${file}: ${reason}.`,
      remedy: 'Make the folder writable.',
    });
  }
}
