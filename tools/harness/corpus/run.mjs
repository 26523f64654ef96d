import { spawn } from 'node:child_process';

/**
 * Runs a program to its end.
 *
 * @param {string} command
 * @param {string[]} args
 * @param {{ cwd: string; env?: NodeJS.ProcessEnv; seconds?: number; mayFail?: boolean; input?: string }} options
 * @returns {Promise<{ stdout: string; stderr: string; status: number | null; timedOut: boolean }>}
 * @throws if it fails, with the end of its output. With `mayFail` only if it cannot be started
 */
export function run(command, args, { cwd, env = process.env, seconds = 900, mayFail = false, input }) {
  return new Promise((resolve, reject) => {
    const child = spawn(command, args, {
      cwd,
      env,
      stdio: [input === undefined ? 'ignore' : 'pipe', 'pipe', 'pipe'],
    });
    let [stdout, stderr, timedOut] = ['', '', false];
    const timer = setTimeout(() => {
      timedOut = true;
      child.kill('SIGKILL');
    }, seconds * 1000);
    child.stdout?.setEncoding('utf8').on('data', (text) => (stdout += text));
    child.stderr?.setEncoding('utf8').on('data', (text) => (stderr += text));
    child.on('error', reject);
    child.on('close', (status) => {
      clearTimeout(timer);
      if (mayFail || status === 0) return resolve({ stdout, stderr, status, timedOut });
      const said = `${stdout}\n${stderr}`.trim().split('\n').slice(-15).join('\n');
      reject(
        new Error(
          `"${command} ${args.join(' ')}" ${timedOut ? `did not end within ${seconds} s` : `ended with ${status}`}:\n${said}`,
        ),
      );
    });
    if (input !== undefined) child.stdin?.end(input);
  });
}
