import { existsSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { run } from './run.mjs';
import { nxEnvironment } from '../../nx-environment.mjs';

/**
 * Runs the plugin on the workspace, all projects in one batch, and compares its reports with those of the engine.
 *
 * @param {{ root: string; nx: string; reports: ReadonlyMap<string, import('./check-workspace.mjs').Report> }} options
 * @returns {Promise<{ seconds: number; tasks: number; withoutReport: string[]; otherFindings: string[]; end: string }>}
 *   `otherFindings`: projects whose own findings, without those of dependents, differ from the engine's
 */
export async function checkWithNx({ root, nx, reports }) {
  for (const folder of ['.nx', '.verify-exports'])
    rmSync(join(root, folder), { recursive: true, force: true });
  const env = nxEnvironment;
  const started = performance.now();
  const { stdout, stderr } = await run(
    process.execPath,
    [nx, 'run-many', '-t', 'verify-exports', '--batch'],
    { cwd: root, env, mayFail: true },
  );
  const seconds = (performance.now() - started) / 1000;
  const outcome = {
    seconds,
    tasks: 0,
    withoutReport: /** @type {string[]} */ ([]),
    otherFindings: /** @type {string[]} */ ([]),
    end: `${stdout}\n${stderr}`.trim().split('\n').slice(-6).join('\n'),
  };
  for (const [name, report] of reports) {
    const file = join(root, '.verify-exports/packages', name, 'report.json');
    if (!existsSync(file)) {
      outcome.withoutReport.push(name);
      continue;
    }
    outcome.tasks += 1;
    const known = new Set(
      JSON.parse(readFileSync(file, 'utf8')).findings.map(({ fingerprint }) => fingerprint),
    );
    if (!report.findings.every(({ fingerprint }) => known.has(fingerprint))) outcome.otherFindings.push(name);
  }
  return outcome;
}
