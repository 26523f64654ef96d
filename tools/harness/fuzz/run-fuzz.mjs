import { random as seeded } from '../../bench/random.mjs';
import { openEngine } from './open-engine.mjs';
import { generateWorkspace } from './generate-workspace.mjs';
import { checkBatch } from './check-batch.mjs';
import { healthy, mutate } from './mutate.mjs';
import { realWorkspaces } from './real-workspaces.mjs';
import { shrink } from './shrink.mjs';
import { toText } from './workspace.mjs';

/**
 * Generates workspaces and mutants of them, checks them, and shrinks the workspaces for which the engine and an oracle disagree. A
 * mutant is a workspace with only the probes that all oracles confirm, and with one thing removed.
 *
 * @param {{ count: number; seed: number; mutants?: number; real?: number; flavour?: string; batch?: number; most?: number; say?: (text: string) => void }} options
 *   `real`: how many mutants of real workspaces; `most`: how many different disagreements to shrink
 * @returns {Promise<{ tally: Record<string, number>; failures: Failure[]; flips: import('./flip-answers.mjs').Flip[] }>}
 * @typedef {{ seed: number; flavour: string; key: string; seen: number; difference: import('./compare.mjs').Difference; text?: string }} Failure
 */
export async function runFuzz({
  count,
  seed,
  mutants = 0,
  real = 0,
  flavour,
  batch = 250,
  most = 10,
  say = () => {},
}) {
  const checkWithEngine = await openEngine();
  /** @type {Record<string, number>} */
  const tally = {};
  const failures = new Map();
  const flips = [];
  const check = async (workspaces, what) => {
    const checked = await checkBatch(checkWithEngine, workspaces);
    for (const [at, { differences, tally: own, flips: turned }] of checked.entries()) {
      add(tally, { [what]: 1, ...own });
      flips.push(...turned);
      for (const difference of differences) note(failures, workspaces[at], difference);
    }
    return checked;
  };
  let mutated = 0;
  for (let done = 0; done < count; done += batch) {
    const seeds = Array.from({ length: Math.min(batch, count - done) }, (_, at) => seed + done + at);
    const workspaces = await Promise.all(seeds.map((one) => generateWorkspace(one, { flavour })));
    const checked = await check(workspaces, 'workspaces');
    const wanted = Math.round((mutants * (done + seeds.length)) / count) - mutated;
    const made = mutantsOf(workspaces, checked, wanted);
    mutated += made.length;
    if (made.length > 0) await check(made, 'mutants');
    say(`${done + seeds.length} workspaces, ${mutated} mutants, ${failures.size} kinds of disagreement`);
  }
  if (real > 0) {
    const workspaces = realWorkspaces({ seed });
    const checked = await check(workspaces, 'real workspaces');
    for (let done = 0; done < real; done += batch) {
      const made = mutantsOf(workspaces, checked, Math.min(batch, real - done), seed + done);
      await check(made, 'mutants of real workspaces');
      say(
        `${done + made.length} mutants of ${workspaces.length} real workspaces, ${failures.size} kinds of disagreement`,
      );
    }
  }
  for (const failure of [...failures.values()].slice(0, most))
    failure.text = toText(await minimise(checkWithEngine, failure));
  return { tally, failures: [...failures.values()], flips };
}

function mutantsOf(workspaces, checked, wanted, salt = 0) {
  const healthyOnes = workspaces
    .map((workspace, at) => healthy(workspace, checked[at].truths))
    .filter(({ probes }) => probes.length > 0);
  return Array.from({ length: healthyOnes.length === 0 ? 0 : wanted }, (_, at) => {
    const workspace = healthyOnes[at % healthyOnes.length];
    return mutate(seeded(Math.imul(workspace.seed + 1, 0x85ebca6b) + salt + at), workspace);
  });
}

function note(failures, workspace, difference) {
  const key = keyOf(workspace, difference);
  const known = failures.get(key);
  if (known) known.seen++;
  else
    failures.set(key, {
      seed: workspace.seed,
      flavour: workspace.flavour,
      key,
      seen: 1,
      difference,
      workspace,
    });
}

/** Differences with the same key count as the same fault. */
function keyOf(
  /** @type {Partial<import('./workspace.mjs').Workspace>} */ { flavour, mutant },
  /** @type {any} */ { kind, oracle, engine, probe, observed },
) {
  const generic = (text = '') => text.replace(/["'`][^"'`]*["'`]|\/\S+|\d+/g, '…');
  return [
    mutant ? `mutant of ${flavour}` : flavour,
    kind,
    oracle,
    generic(engine),
    probe?.mode,
    generic(observed),
  ].join(' | ');
}

async function minimise(checkWithEngine, { workspace, key }) {
  return shrink(workspace, async (candidates) => {
    const checked = await checkBatch(checkWithEngine, candidates);
    return checked.map(({ differences }, at) =>
      differences.some((difference) => keyOf(candidates[at], difference) === key),
    );
  });
}

function add(tally, more) {
  for (const [key, value] of Object.entries(more)) tally[key] = (tally[key] ?? 0) + value;
}
