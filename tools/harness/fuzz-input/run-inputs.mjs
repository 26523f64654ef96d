import { fork } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fastFolder } from './check-input.mjs';
import { readProgress } from './progress.mjs';

/** Limits for one input. A process that exceeds one is killed, and the input counts as found. */
const LONGEST_MS = 2000;
const MOST_MEGABYTES = 512;
/** How often a process is looked at. */
const LOOK_MS = 100;

/**
 * Checks inputs in a process of its own, so that a crash or an endless loop ends only that process.
 *
 * @param {{ from: number; count: number; longest?: number; say?: (text: string) => void }} wanted the first seed, and how many inputs
 * @returns {Promise<{ checked: number; seeds: number; found: { seed: number; what: string }[] }>}
 */
export async function runInputs({ from, count, longest = LONGEST_MS, say = () => {} }) {
  const found = [];
  /** Another process on the machine can make any input slow, so a slow one is tried again. */
  const retried = new Set();
  const folder = mkdtempSync(join(fastFolder(), 'verify-exports-inputs-'));
  const file = join(folder, 'progress');
  let checked = 0;
  let next = from;
  const sayTotal = everyHundredth(count, (seed, inputs) =>
    say(`${checked + inputs} inputs, up to seed ${seed}, ${found.length} found`),
  );
  while (checked < count) {
    const wanted = { from: next, count: count - checked, longest, file, found, retried, say, sayTotal };
    const { inputs, seed } = await runProcess(wanted);
    checked += inputs;
    next = seed;
  }
  // Those of processes that were killed, too.
  rmSync(folder, { recursive: true, force: true });
  return { checked, seeds: next - from, found };
}

/** @returns {Promise<{ inputs: number; seed: number }>} how many inputs were checked, and the next seed */
function runProcess({ from, count, longest, file, found, retried, say, sayTotal }) {
  writeFileSync(file, '');
  return new Promise((resolve) => {
    const child = fork(join(import.meta.dirname, 'input-process.mjs'), [String(from), String(count), file], {
      // Most objects live as long as one input.
      execArgv: [`--max-old-space-size=${MOST_MEGABYTES}`, '--max-semi-space-size=32'],
      stdio: ['ignore', 'ignore', 'pipe', 'ipc'],
    });
    let seed = from - 1;
    let began = 0;
    let clock = 0;
    let why;
    let errors = '';
    child.stderr?.on('data', (text) => (errors = `${errors}${text}`.slice(-2000)));
    const add = (one) => {
      found.push(one);
      say(`seed ${one.seed}: ${one.what.slice(0, 300)}`);
    };
    const look = () => {
      const now = readProgress(file);
      if (!now) return;
      if (now.seed !== seed) {
        seed = now.seed;
        // Other processes may use the time of the clock.
        began = cpuOf(child.pid);
        clock = performance.now();
        sayTotal(seed, now.inputs);
      }
      // The first input also compiles the engine.
      const limit = seed === from ? longest * 5 : longest;
      if (cpuOf(child.pid) - began > limit) why = `longer than ${limit} ms`;
      // It may wait for something, and use no time at all.
      else if (performance.now() - clock > 15 * limit) why = `longer than ${15 * limit} ms by the clock`;
      else if (now.megabytes > MOST_MEGABYTES) why = `more than ${MOST_MEGABYTES} MB`;
      if (why !== undefined) child.kill('SIGKILL');
    };
    const timer = setInterval(look, LOOK_MS);
    child.on('message', (/** @type {any} */ message) => add(message));
    child.on('exit', (code, signal) => {
      clearInterval(timer);
      const last = readProgress(file) ?? { seed: from, inputs: 0, megabytes: 0 };
      if (code === 0) return resolve({ inputs: count, seed: last.seed + 1 });
      // The memory is that of the inputs before this one as well.
      const culprit = why?.startsWith('more') ? Math.max(from, last.seed - 1) : last.seed;
      const isRepeated = retried.has(culprit);
      retried.add(culprit);
      if (why !== undefined && !isRepeated) return resolve({ inputs: last.inputs, seed: culprit });
      add({ seed: culprit, what: why ?? `the process ended: ${signal ?? code} ${errors}` });
      return resolve({ inputs: last.inputs, seed: culprit + 1 });
    });
  });
}

/** Says how far it is, once for each hundredth. */
function everyHundredth(count, say) {
  const step = Math.max(1000, Math.ceil(count / 100));
  let last = 0;
  return (seed, inputs) => {
    if (inputs >= last && inputs < last + step) return;
    last = inputs;
    say(seed, inputs);
  };
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
