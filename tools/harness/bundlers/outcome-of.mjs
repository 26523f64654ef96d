import { spawn } from 'node:child_process';

/** Runs a command. @returns whether it succeeded, and its output */
export async function outcomeOf(command, args, options) {
  const child = spawn(command, args, { stdio: ['ignore', 'pipe', 'pipe'], ...options });
  const out = [];
  const err = [];
  child.stdout.on('data', (data) => out.push(data));
  child.stderr.on('data', (data) => err.push(data));
  const status = await new Promise((resolve, reject) => child.on('close', resolve).on('error', reject));
  return { works: status === 0, output: Buffer.concat(out).toString(), error: Buffer.concat(err).toString() };
}
