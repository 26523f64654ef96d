// `npm run bundlers`: builds every example of examples/bundlers with its bundler, breaks the output in typical ways, and prints a table
// of the results. Each break is proven by running the broken output. Exit status 1 if a break is not reported, if a correct output has
// a finding, or if a break has no effect. Arguments: the bundlers to try (default: all).
import { BREAKS, BUNDLERS, measureAll, measureTime, openExamples } from './measure.mjs';

const chosen = process.argv.length > 2 ? process.argv.slice(2) : BUNDLERS;
const examples = await openExamples(chosen);
let wrong = 0;
try {
  const results = await measureAll(examples, chosen);
  print([...results].map(([bundler, result]) => rowOf(bundler, result)));
  console.log(
    wrong === 0 ? '\nEvery break was reported, and no correct output has a finding.' : `\n${wrong} wrong.`,
  );
} finally {
  examples.close();
}
process.exitCode = wrong === 0 ? 0 : 1;

function rowOf(bundler, { clean, breaks, deletions }) {
  const row = { '': bundler };
  const stuck = clean.runs.filter(({ works }) => !works).map(({ name, error }) => `${name}: ${error}`);
  row['as built'] = mark(clean.findings.length + stuck.length === 0, 'clean', 'ACCUSED');
  complain(`${bundler} as built`, [...clean.findings, ...stuck]);
  for (const { name } of BREAKS) {
    const { fails, found, code, extra } = breaks.get(name);
    row[name] = mark(fails && found, code, fails ? 'MISSED' : 'runs on');
    complain(`${bundler}, ${name}: ${row[name]}`, fails && found ? [] : [code]);
    complain(`${bundler}, ${name}: additional findings`, extra);
  }
  const needed = deletions.filter((deletion) => deletion.needed && !deletion.isPage);
  const spare = deletions.filter((deletion) => !deletion.needed);
  const missed = needed.filter(({ reported }) => reported.length === 0);
  const unexpected = spare.filter(({ findings }) => findings.some(({ severity }) => severity !== 'info'));
  row['needed files deleted: found'] = share(needed, missed);
  row['other files deleted: silent'] = share(spare, unexpected);
  complain(
    `${bundler}: deleted and not found`,
    missed.map(({ file }) => file),
  );
  complain(
    `${bundler}: not needed, and missed all the same`,
    unexpected.map(({ file, reported }) => `${file}: ${reported.join(', ')}`),
  );
  const { milliseconds, bytes, perMegabyte } = measureTime(examples, bundler);
  row['kB of output'] = (bytes / 1000).toFixed(0);
  row['ms to check'] = milliseconds.toFixed(0);
  row['ms per MB'] = perMegabyte.toFixed(0);
  return row;
}

function share(all, wrongOnes) {
  const right = `${all.length - wrongOnes.length} of ${all.length}`;
  return mark(wrongOnes.length === 0, right, right);
}

function mark(right, good, bad) {
  if (!right) wrong += 1;
  return right ? good : bad;
}

function complain(what, lines) {
  if (lines.length > 0) console.error(`${what}\n${lines.map((line) => `    ${line}`).join('\n')}`);
}

/** One column for each bundler, as Markdown. */
function print(rows) {
  const lines = Object.keys(rows[0]).map((name) => [name, ...rows.map((row) => row[name])]);
  const widths = lines[0].map((_, column) => Math.max(...lines.map((line) => line[column].length)));
  const text = (line) => `| ${line.map((cell, column) => cell.padEnd(widths[column])).join(' | ')} |`;
  const rule = text(widths.map((width) => '-'.repeat(width)));
  console.log([text(lines[0]), rule, ...lines.slice(1).map(text)].join('\n'));
}
