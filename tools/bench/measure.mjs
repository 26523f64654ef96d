import { spawn } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/**
 * Runs a command as a separate process and measures it.
 *
 * GNU time reads CPU time and memory of the process and its children from the kernel. `megabytes` is the largest single process.
 * If GNU time is not installed, only the wall clock is known.
 *
 * @typedef {{ seconds: number; cpu?: number; megabytes?: number; stdout: string; stderr: string }} Measured
 * @param {string[]} command
 * @param {{ cwd: string; env?: NodeJS.ProcessEnv; statuses?: readonly number[] }} options
 * @returns {Promise<Measured>}
 * @throws if the exit status is not one of `statuses`, because a failing line measures nothing
 */
export async function measure(command, { cwd, env = process.env, statuses = [0] }) {
  const folder = mkdtempSync(join(tmpdir(), 'measure-'));
  const file = join(folder, 'usage');
  const timed = existsSync(GNU_TIME) ? [GNU_TIME, '-f', '%U %S %M', '-o', file, ...command] : command;
  try {
    const started = performance.now();
    const { stdout, stderr } = await toItsEnd(timed, { cwd, env, statuses });
    const seconds = (performance.now() - started) / 1000;
    if (timed === command) return { seconds, stdout, stderr };
    // If the status is not 0, another line comes first.
    const [user, system, kilobytes] = (readFileSync(file, 'utf8').trim().split('\n').at(-1) ?? '')
      .split(' ')
      .map(Number);
    return { seconds, cpu: user + system, megabytes: kilobytes / 1024, stdout, stderr };
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

export const GNU_TIME = '/usr/bin/time';

/**
 * @param {readonly string[]} command
 * @param {{ cwd: string; env: NodeJS.ProcessEnv; statuses: readonly number[] }} options
 * @returns {Promise<{ stdout: string; stderr: string }>}
 */
function toItsEnd([program, ...args], { cwd, env, statuses }) {
  return new Promise((resolve, reject) => {
    const child = spawn(program, args, { cwd, env, stdio: ['ignore', 'pipe', 'pipe'] });
    let [stdout, stderr] = ['', ''];
    child.stdout.setEncoding('utf8').on('data', (text) => (stdout += text));
    child.stderr.setEncoding('utf8').on('data', (text) => (stderr += text));
    child.on('error', reject);
    child.on('close', (status) => {
      if (statuses.includes(status ?? 1)) return resolve({ stdout, stderr });
      const said = `${stdout}\n${stderr}`.trim().split('\n').slice(-12).join('\n');
      reject(new Error(`"${[program, ...args].join(' ')}" ended with ${status}:\n${said}`));
    });
  });
}

/** @param {readonly number[]} values at least one */
export function median(values) {
  const sorted = values.toSorted((a, b) => a - b);
  const middle = sorted.length >> 1;
  return sorted.length % 2 === 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
}
