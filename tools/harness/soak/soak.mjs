// A process that goes on while people edit: each run takes over what the run before read, as in the watch. After each of many random
// edits, the reports are those of a fresh run, and the memory that the process needs does not grow.
// Usage: node tools/harness/soak/soak.mjs [--edits 2000] [--seed 1]
import { mkdirSync, mkdtempSync, readdirSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { parseArgs } from 'node:util';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { bundleEngine } from '../bundle-engine.mjs';
import { BASE } from '../fuzz-input/base-workspace.mjs';

const { values } = parseArgs({
  options: { edits: { type: 'string', default: '2000' }, seed: { type: 'string', default: '1' } },
});
const { faults, heaps, resident } = await soak(Number(values.edits), Number(values.seed), (text) =>
  console.error(text),
);
for (const fault of faults.slice(0, 10)) console.log(fault);
const at = (part, list) => Math.round(list[Math.min(list.length - 1, Math.floor(part * list.length))]);
console.log(
  `${values.edits} edits, ${faults.length} different results; heap ${at(0.1, heaps)} MB after a tenth, ${at(0.5, heaps)} MB in the middle, ` +
    `${at(1, heaps)} MB at the end; resident ${at(0.1, resident)}, ${at(0.5, resident)}, ${at(1, resident)} MB`,
);
process.exitCode = faults.length > 0 || at(1, heaps) > at(0.1, heaps) * 1.3 ? 1 : 0;

/** @returns what differs, and the memory after each hundredth of the edits, in MB */
async function soak(edits, seed, say) {
  const engine = await bundleEngine(join(import.meta.dirname, 'engine-and-edits.mjs'));
  setFlagsFromString('--expose-gc');
  const collect = runInNewContext('gc');
  const random = engine.randomFrom(seed);
  const root = mkdtempSync(join(tmpdir(), 'verify-exports-soak-'));
  const cacheFolder = join(root, '..', `${root.split('/').at(-1)}-cache`);
  restore(root);
  const check = (run) =>
    engine.packagesIn(run).map(({ project }) => engine.renderJson(engine.verify({ run, project })));
  /** @type {string[]} */
  const faults = [];
  /** @type {number[]} */
  const heaps = [];
  /** @type {number[]} */
  const resident = [];
  let run = engine.openRun({ root, cacheFolder });
  check(run);
  const done = [];
  for (let edit = 0; edit < edits; edit++) {
    let changed;
    // Edits remove more than they add, so the workspace starts again from time to time.
    if (edit % 25 === 24) {
      changed = restore(root);
      done.length = 0;
    } else {
      const made = engine.editRandomly(root, random);
      changed = made.changed;
      done.push(made.what);
    }
    try {
      run = engine.openRun({ root, cacheFolder }, { run, changed });
      const reports = check(run);
      if (edit % 10 === 0) engine.saveCache(run);
      const fresh = check(engine.openRun({ root }));
      if (JSON.stringify(reports) !== JSON.stringify(fresh)) faults.push(`edit ${edit}: ${done.join('; ')}`);
    } catch (error) {
      faults.push(`edit ${edit}: ${done.join('; ')}\n${error instanceof Error ? error.stack : error}`);
    }
    // The parser frees its native memory between turns of the event loop.
    await new Promise((resolve) => setImmediate(resolve));
    if (edit % Math.ceil(edits / 100) !== 0) continue;
    collect();
    const { heapUsed, external, rss } = process.memoryUsage();
    heaps.push((heapUsed + external) / 1e6);
    resident.push(rss / 1e6);
    if (edit % Math.ceil(edits / 10) === 0)
      say(`${edit} edits, ${heaps.at(-1)?.toFixed(1)} MB, ${faults.length} different`);
  }
  rmSync(root, { recursive: true, force: true });
  rmSync(cacheFolder, { recursive: true, force: true });
  return { faults, heaps, resident };
}

/** Writes the workspace as it was. @returns the paths that changed */
function restore(root) {
  const names = readdirSync(root);
  for (const name of names) rmSync(join(root, name), { recursive: true, force: true });
  for (const [path, text] of BASE) {
    mkdirSync(dirname(join(root, path)), { recursive: true });
    writeFileSync(join(root, path), text);
  }
  mkdirSync(join(root, 'node_modules/@acme'), { recursive: true });
  for (const name of ['lib', 'util'])
    symlinkSync(`../../packages/${name}`, join(root, 'node_modules/@acme', name), 'junction');
  return [...new Set([...names, ...readdirSync(root)])];
}
