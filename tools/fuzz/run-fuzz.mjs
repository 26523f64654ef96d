import { openEngine } from './ask-engine.mjs';
import { generateWorkspace } from './generate-workspace.mjs';
import { judgeBatch } from './judge-batch.mjs';
import { shrink } from './shrink.mjs';
import { toText } from './workspace.mjs';

/**
 * Generates workspaces, judges them and cuts down what the engine and an oracle disagree about.
 *
 * @param {{ count: number; seed: number; flavour?: string; batch?: number; most?: number; say?: (text: string) => void }} options
 *   `most`: how many different disagreements to cut down before giving up
 * @returns {Promise<{ tally: Record<string, number>; failures: Failure[] }>}
 * @typedef {{ seed: number; flavour: string; key: string; seen: number; difference: import('./compare.mjs').Difference; text?: string }} Failure
 */
export async function runFuzz({ count, seed, flavour, batch = 250, most = 10, say = () => {} }) {
  const askEngine = await openEngine();
  const tally = {};
  const failures = new Map();
  for (let done = 0; done < count; done += batch) {
    const seeds = Array.from({ length: Math.min(batch, count - done) }, (_, at) => seed + done + at);
    const workspaces = seeds.map((one) => generateWorkspace(one, { flavour }));
    const judged = await judgeBatch(askEngine, workspaces);
    for (const [at, { differences, tally: own }] of judged.entries()) {
      add(tally, { workspaces: 1, ...own });
      for (const difference of differences) note(failures, workspaces[at], difference);
    }
    say(`${done + seeds.length} workspaces, ${failures.size} kinds of disagreement`);
  }
  const kept = [...failures.values()].slice(0, most);
  for (const failure of kept) failure.text = toText(await minimise(askEngine, failure));
  return { tally, failures: [...failures.values()] };
}

function note(failures, workspace, difference) {
  const key = keyOf(workspace, difference);
  const known = failures.get(key);
  if (known) known.seen++;
  else failures.set(key, { seed: workspace.seed, flavour: workspace.flavour, key, seen: 1, difference, workspace });
}

/** Differences of one key are taken for the same fault. */
function keyOf({ flavour }, { kind, oracle, engine, probe, told }) {
  const generic = (text = '') => text.replace(/["'`][^"'`]*["'`]|\/\S+|\d+/g, '…');
  return [flavour, kind, oracle, generic(engine), probe?.mode, generic(told)].join(' | ');
}

async function minimise(askEngine, { workspace, key }) {
  return shrink(workspace, async (candidates) => {
    const judged = await judgeBatch(askEngine, candidates);
    return judged.map(({ differences }, at) => differences.some((difference) => keyOf(candidates[at], difference) === key));
  });
}

function add(tally, more) {
  for (const [key, value] of Object.entries(more)) tally[key] = (tally[key] ?? 0) + value;
}
