// `npm run bundlers`: builds every example of examples/bundlers with its bundler, breaks the output in the ways that outputs break,
// and prints a table of what was found. Each break is proven by running what is broken. Exit status 1 when one went unfound, when a
// sound output was accused, or when a break broke nothing. Arguments: the bundlers to look at; all where there are none.
import {
  BREAKS,
  BUNDLERS,
  measureBreak,
  measureClean,
  measureDeletions,
  measureTime,
  openExamples,
} from './measure.mjs';

const chosen = process.argv.length > 2 ? process.argv.slice(2) : BUNDLERS;
const examples = await openExamples(chosen);
let wrong = 0;
try {
  const rows = [];
  for (const bundler of chosen) {
    const row = { bundler };
    const { findings, runs } = await measureClean(examples, bundler);
    const stuck = runs.filter(({ works }) => !works).map(({ name, error }) => `${name}: ${error}`);
    row['as built'] = mark(findings.length === 0 && stuck.length === 0, 'clean', 'ACCUSED');
    complain(`${bundler} as built`, [...findings, ...stuck]);
    for (const broken of BREAKS) {
      const { fails, found, code, extra } = await measureBreak(examples, bundler, broken);
      row[broken.name] = mark(fails && found, code, fails ? 'MISSED' : 'runs on');
      complain(`${bundler}, ${broken.name}: ${row[broken.name]}`, fails && found ? [] : [...extra, code]);
      complain(`${bundler}, ${broken.name}: also`, extra);
    }
    const deletions = await measureDeletions(examples, bundler);
    const needed = deletions.filter((deletion) => deletion.needed);
    const spare = deletions.filter((deletion) => !deletion.needed);
    const missed = needed.filter(({ told }) => told.length === 0);
    const accused = spare.filter(({ findings }) => findings.some(({ severity }) => severity !== 'info'));
    row['deleted, found'] = mark(
      missed.length === 0,
      `${needed.length} of ${needed.length}`,
      `${needed.length - missed.length} of ${needed.length}`,
    );
    row['spare, silent'] = mark(
      accused.length === 0,
      `${spare.length} of ${spare.length}`,
      `${spare.length - accused.length} of ${spare.length}`,
    );
    complain(
      `${bundler}: deleted and not found`,
      missed.map(({ file }) => file),
    );
    complain(
      `${bundler}: spare and accused`,
      accused.map(({ file, told }) => `${file}: ${told.join(', ')}`),
    );
    const { perMegabyte, milliseconds, bytes } = measureTime(examples, bundler);
    row['ms'] = milliseconds.toFixed(0);
    row['kB'] = (bytes / 1000).toFixed(0);
    row['ms per MB'] = perMegabyte.toFixed(0);
    rows.push(row);
  }
  printTransposed(rows);
  console.log(wrong === 0 ? '\nEverything was found, and nothing sound was accused.' : `\n${wrong} wrong.`);
} finally {
  examples.close();
}
process.exitCode = wrong === 0 ? 0 : 1;

function mark(right, good, bad) {
  if (!right) wrong += 1;
  return right ? good : bad;
}

function complain(what, lines) {
  if (lines.length > 0) console.error(`${what}\n${lines.map((line) => `    ${line}`).join('\n')}`);
}

/** One column for each bundler, as Markdown. */
function printTransposed(rows) {
  const names = Object.keys(rows[0]);
  const lines = names.map((name) => [name === 'bundler' ? '' : name, ...rows.map((row) => row[name])]);
  const widths = lines[0].map((_, column) => Math.max(...lines.map((line) => line[column].length)));
  const print = (line) =>
    console.log(`| ${line.map((cell, column) => cell.padEnd(widths[column])).join(' | ')} |`);
  print(lines[0]);
  print(widths.map((width) => '-'.repeat(width)));
  for (const line of lines.slice(1)) print(line);
}
