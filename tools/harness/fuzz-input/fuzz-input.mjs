// Checks workspaces whose files are damaged at random. No input may crash the engine, take more than 2 s or 512 MB, break
// the schema of reports, or print control characters or the text of files outside the workspace.
// Usage: node tools/harness/fuzz-input/fuzz-input.mjs [--count 10000 inputs] [--seed 0] [--show <seed>]
import { parseArgs } from 'node:util';
import { bundleEngine } from '../bundle-engine.mjs';
import { BASE } from './base-workspace.mjs';
import { ENGINE_PARTS, InputChecker, inputOf } from './check-input.mjs';
import { runInputs } from './run-inputs.mjs';

const { values } = parseArgs({
  options: {
    count: { type: 'string', default: '10000' },
    seed: { type: 'string', default: '0' },
    show: { type: 'string' },
  },
});

if (values.show === undefined) {
  const started = Date.now();
  const { checked, seeds, found } = await runInputs({
    from: Number(values.seed),
    count: Number(values.count),
    say: (text) => console.error(text),
  });
  const kinds = new Map();
  for (const { seed, what } of found) {
    const kind = what.split('\n').slice(0, 3).join('\n').replaceAll(/\d+/g, 'N');
    kinds.set(kind, [...(kinds.get(kind) ?? []), { seed, what }]);
  }
  for (const [, [{ seed, what }, ...others]] of kinds)
    console.log(`\n=== seed ${seed} and ${others.length} others\n${what.slice(0, 1500)}`);
  console.log(
    `\n${checked} inputs (${seeds} seeds), ${found.length} found (${kinds.size} kinds), ${Math.round((Date.now() - started) / 1000)} s`,
  );
  process.exitCode = found.length > 0 ? 1 : 0;
} else {
  const checker = new InputChecker(await bundleEngine(ENGINE_PARTS));
  const input = inputOf(Number(values.show), checker.cases);
  const healthy = input.base === undefined ? BASE : checker.cases[input.base].files;
  const { files, options, damage } = minimal(checker, input, healthy);
  if (input.base !== undefined) console.log(`in ${checker.cases[input.base].name}`);
  for (const one of damage ?? []) console.log(JSON.stringify(one));
  for (const [path, text] of files) console.log(`-- ${path} --\n${text}`);
  if (options !== undefined) console.log(`options: ${JSON.stringify(options)}`);
  console.log(`\n${checker.check({ ...input, files, options, damage }) ?? 'nothing found'}`);
  checker.dispose();
}

/** The input without the files and lines that do not matter. */
function minimal(checker, input, healthy) {
  const kind = (one) => checker.check({ ...input, options: undefined, ...one })?.split('\n')[0];
  const wanted = kind(input);
  let { files, options, damage } = input;
  if (wanted !== undefined && damage) {
    for (const one of damage) {
      const less = damage.filter((other) => other !== one);
      if (kind({ options, damage: less }) === wanted) damage = less;
    }
    return { ...input, damage };
  }
  // The other kinds change no file of the workspace.
  if (wanted === undefined || files.size === 0) return input;
  if (kind({ files }) === wanted) options = undefined;
  for (const path of files.keys()) {
    const less = new Map([...files].filter(([other]) => other !== path));
    if (kind({ files: less, options }) === wanted) files = less;
  }
  for (const path of files.keys()) {
    if (!healthy.has(path)) continue;
    for (
      let size = Math.ceil(files.get(path).length / 2);
      size > 0;
      size = size === 1 ? 0 : Math.ceil(size / 2)
    ) {
      for (let at = 0; at < files.get(path).length;) {
        const text = files.get(path);
        const less = new Map([...files, [path, text.slice(0, at) + text.slice(at + size)]]);
        if (kind({ files: less, options }) === wanted) files = less;
        else at += size;
      }
    }
  }
  return { files, options };
}
