// Compares the engine with Node, esbuild and the TypeScript checker on generated workspaces, import by import.
// Usage: node tools/harness/fuzz/fuzz.mjs [--count 10000] [--mutants 5000] [--real 500] [--seed 1] [--flavour esm] [--unnoticed]
import { parseArgs } from 'node:util';
import { countFlips } from './flip-answers.mjs';
import { runFuzz } from './run-fuzz.mjs';
import { toText } from './workspace.mjs';

const { values } = parseArgs({
  options: {
    count: { type: 'string', default: '10000' },
    mutants: { type: 'string', default: '5000' },
    real: { type: 'string', default: '500' },
    seed: { type: 'string', default: '1' },
    flavour: { type: 'string' },
    most: { type: 'string', default: '10' },
    unnoticed: { type: 'boolean', default: false },
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
    `\n=== ${key}\n    seed ${seed}, seen ${seen} times; ${difference.probe?.text ?? ''} observed: ${difference.observed ?? ''} engine: ${difference.engine}\n${text ?? ''}`,
  );
}
console.log();
for (const [key, value] of Object.entries(tally)) console.log(`${String(value).padStart(9)}  ${key}`);
console.log(
  `${String(failures.reduce((sum, { seen }) => sum + seen, 0)).padStart(9)}  disagreements (${failures.length} kinds)`,
);
const { forms, swallowed } = countFlips(flips);
console.log('\nInverted answers by the form of the import, and the share that the harness noticed:');
for (const [form, { all, caught }] of [...forms].sort())
  console.log(`${String(all).padStart(9)}  ${((100 * caught) / all).toFixed(2).padStart(6)} %  ${form}`);
for (const [what, times] of swallowed) console.log(`${String(times).padStart(9)}  unnoticed: ${what}`);
if (values.unnoticed) {
  for (const { flip, swallowed: by, probe, workspace } of flips.filter((one) => one.workspace))
    console.log(`\n=== ${flip}, by ${by}\n${toText({ ...workspace, probes: [probe] })}`);
}
console.log(`${Math.round((Date.now() - started) / 1000)} s`);
process.exitCode = failures.length > 0 ? 1 : 0;
