import { fork } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';

/** Limits for one input. A process that exceeds one is killed, and the input counts as found. */
const LONGEST_MS = 2000;
const MOST_MEGABYTES = 512;

/**
 * Checks inputs in a process of its own, so that a crash or an endless loop ends only that process.
 *
 * @param {{ from: number; count: number; longest?: number; say?: (text: string) => void }} wanted seeds
 * @returns {Promise<{ checked: number; found: { seed: number; what: string }[] }>}
 */
export async function runInputs({ from, count, longest = LONGEST_MS, say = () => {} }) {
  const found = [];
  /** Another process on the machine can make any input slow, so a slow one is tried again. */
  const slow = new Set();
  let next = from;
  while (next < from + count) {
    const end = await runProcess({ from: next, to: from + count, longest, found, slow, say });
    next = end + 1;
  }
  return { checked: count, found };
}

/** @returns {Promise<number>} the last seed that was checked */
function runProcess({ from, to, longest, found, slow, say }) {
  return new Promise((resolve) => {
    const child = fork(join(import.meta.dirname, 'input-process.mjs'), [String(from), String(to)], {
      execArgv: [`--max-old-space-size=${MOST_MEGABYTES}`],
      stdio: ['ignore', 'ignore', 'pipe', 'ipc'],
    });
    let seed = from;
    let why;
    let timer;
    let errors = '';
    child.stderr?.on('data', (text) => (errors = `${errors}${text}`.slice(-2000)));
    const add = (one) => {
      found.push(one);
      say(`seed ${one.seed}: ${one.what.slice(0, 300)}`);
    };
    const kill = (reason) => {
      why = reason;
      child.kill('SIGKILL');
    };
    child.on('message', (/** @type {any} */ message) => {
      if (message.what !== undefined) {
        add({ seed: message.seed, what: message.what });
        return;
      }
      clearTimeout(timer);
      seed = message.start;
      if (seed % 5000 === 0) say(`${seed} inputs, ${found.length} found`);
      // The first input also compiles the engine.
      const limit = seed === from ? longest * 5 : longest;
      const began = cpuOf(child.pid);
      const wait = (left) => {
        timer = setTimeout(() => {
          // Other processes may have used the time.
          const used = cpuOf(child.pid) - began;
          if (used < limit) wait(Math.max(100, limit - used));
          else kill(`longer than ${limit} ms`);
        }, left);
      };
      wait(limit);
      if (message.megabytes > MOST_MEGABYTES) kill(`${message.megabytes} MB`);
    });
    child.on('exit', (code, signal) => {
      clearTimeout(timer);
      if (code === 0) resolve(to - 1);
      else if (why?.startsWith('longer') && slow.size < 1000 && !slow.has(seed)) {
        slow.add(seed);
        resolve(seed - 1);
      } else {
        add({ seed, what: why ?? `the process ended: ${signal ?? code} ${errors}` });
        resolve(seed);
      }
    });
  });
}

/** Milliseconds that a process has used, if the system reports them; otherwise the time of the clock. */
function cpuOf(pid) {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
    const [user, system] = stat
      .slice(stat.lastIndexOf(')') + 2)
      .split(' ')
      .slice(11, 13)
      .map(Number);
    return ((user ?? 0) + (system ?? 0)) * 10;
  } catch {
    return performance.now();
  }
}
