import { exitStatusOf, mergeReports, VerifyError } from '../../index.js';
import type { Io } from '../io.js';
import type { Status } from '../main.js';
import { outputsOf, writeOutputs } from '../outputs.js';
import { readReports, REPORTS_FOLDER } from '../read-reports.js';
import { findWorkspaceRoot } from '../workspace-root.js';

export interface ReportArguments {
  readonly format?: readonly string[];
  readonly output?: string;
  readonly json?: boolean;
  readonly verbose?: boolean;
}

/** Merges the reports that tasks wrote. */
export function reportCommand(io: Io, { format = [], output, json, verbose }: ReportArguments): Status {
  const outputs = outputsOf(json ? [...format, 'json'] : format, output);
  const { root, kind } = findWorkspaceRoot(io.cwd) ?? { root: io.cwd, kind: 'package' };
  const reports = readReports(root);
  if (reports.length === 0)
    throw new VerifyError({
      kind: 'unreadable',
      message: `There is no report in ${REPORTS_FOLDER}.`,
      remedy: `Run \`${kind === 'nx' ? 'nx run-many -t verify-exports' : 'verify-exports check --write-reports'}\` first.`,
    });
  writeOutputs(outputs, mergeReports(reports), io, { root, verbose: verbose ?? false });
  return exitStatusOf(reports);
}
