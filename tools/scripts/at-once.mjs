// Runs scripts of package.json at the same time, and prints the output of each when it ends. Fails if one of them fails.
// Usage: node tools/scripts/at-once.mjs <script>...
import { spawn } from 'node:child_process';

const failed = [];
await Promise.all(process.argv.slice(2).map(run));
if (failed.length > 0) console.error(`These scripts failed: ${failed.join(', ')}`);
process.exitCode = failed.length > 0 ? 1 : 0;

/** @param {string} script */
async function run(script) {
  const started = performance.now();
  const child = spawn('npm', ['run', '--silent', script], {
    stdio: ['ignore', 'pipe', 'pipe'],
    shell: process.platform === 'win32',
  });
  /** @type {Buffer[]} */
  const chunks = [];
  for (const stream of [child.stdout, child.stderr]) stream.on('data', (chunk) => chunks.push(chunk));
  const status = await new Promise((resolve) => child.on('close', resolve));
  if (status !== 0) failed.push(script);
  const seconds = ((performance.now() - started) / 1000).toFixed(1);
  process.stdout.write(
    `${Buffer.concat(chunks).toString()}${script}: ${status === 0 ? 'passed' : 'failed'} (${seconds} s)\n`,
  );
}
