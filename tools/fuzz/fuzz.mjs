// Holds the engine against Node, esbuild and the TypeScript checker on generated workspaces, demand by demand.
// Usage: node tools/fuzz/fuzz.mjs [--count 10000] [--mutants 5000] [--real 500] [--seed 1] [--flavour esm]
import { parseArgs } from 'node:util';
import { runFuzz } from './run-fuzz.mjs';

const { values } = parseArgs({
  options: {
    count: { type: 'string', default: '10000' },
    mutants: { type: 'string', default: '5000' },
    real: { type: 'string', default: '500' },
    seed: { type: 'string', default: '1' },
    flavour: { type: 'string' },
    most: { type: 'string', default: '10' },
  },
});
const started = Date.now();
const { tally, failures, flips } = await runFuzz({
  count: Number(values.count),
  mutants: Number(values.mutants),
  real: Number(values.real),
  seed: Number(values.seed),
  most: Number(values.most),
  flavour: values.flavour,
  say: (text) => console.error(text),
});
for (const { key, seed, seen, difference, text } of failures) {
  console.log(
    `\n=== ${key}\n    seed ${seed}, seen ${seen} times; ${difference.probe?.text ?? ''} told: ${difference.told ?? ''} engine: ${difference.engine}\n${text ?? ''}`,
  );
}
console.log();
for (const [key, value] of Object.entries(tally)) console.log(`${String(value).padStart(9)}  ${key}`);
console.log(
  `${String(failures.reduce((sum, { seen }) => sum + seen, 0)).padStart(9)}  disagreements (${failures.length} kinds)`,
);
const missed = new Map();
for (const f of flips)
  if (f.swallowed) {
    const k = `${f.swallowed} | ${f.flip}`;
    const e = missed.get(k) ?? { n: 0, ex: [] };
    e.n++;
    if (e.ex.length < 3) e.ex.push(f);
    missed.set(k, e);
  }
console.log(flips.length, 'flips');
const { toText } = await import('./workspace.mjs');
for (const [k, { n, ex }] of missed) {
  console.log(n, k);
  if (process.env.SHOW)
    for (const f of ex)
      console.log(
        toText({ ...f.workspace, probes: [f.probe] }),
        JSON.stringify(f.truths),
        JSON.stringify(f.answer),
        '\n~~~~',
      );
}
console.log(`${Math.round((Date.now() - started) / 1000)} s`);
process.exitCode = failures.length > 0 ? 1 : 0;
