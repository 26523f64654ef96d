// The end-to-end tests that take too long for `npm test`. Usage:
//   node tools/e2e/long.mjs matrix [--majors 20,24] [--edits M1,M3] [--modes "run-many,affected batch"]
//   node tools/e2e/long.mjs workspaces [--majors 24] [--kinds pnpm,solution]
//   node tools/e2e/long.mjs stale-pass [--majors 24] [--edits exclude,plain]
//   node tools/e2e/long.mjs package-managers
// All install from the registry and end with a table.
import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync, rmSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { parseArgs } from 'node:util';

const root = join(import.meta.dirname, '../..');
const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    majors: { type: 'string', default: 'all' },
    edits: { type: 'string' },
    modes: { type: 'string' },
    kinds: { type: 'string' },
  },
});
const [suite] = positionals;
if (!suite || !['matrix', 'workspaces', 'stale-pass', 'package-managers'].includes(suite)) {
  console.error(
    'Usage: node tools/e2e/long.mjs matrix|workspaces|stale-pass|package-managers [--majors 20,24] …',
  );
  process.exit(2);
}
const results = join(root, '.cache/e2e', `${suite}-${process.pid}.jsonl`);
mkdirSync(dirname(results), { recursive: true });
rmSync(results, { force: true });

const { status } = spawnSync(
  process.execPath,
  [
    join(root, 'node_modules/vitest/vitest.mjs'),
    'run',
    '--project',
    'long',
    `tools/e2e/${suite}.long.test.ts`,
  ],
  {
    cwd: root,
    stdio: 'inherit',
    env: {
      ...process.env,
      VERIFY_E2E_NX: values.majors,
      VERIFY_E2E_RESULTS: results,
      ...(values.edits && { VERIFY_E2E_EDITS: values.edits }),
      ...(values.modes && { VERIFY_E2E_MODES: values.modes }),
      ...(values.kinds && { VERIFY_E2E_KINDS: values.kinds }),
    },
  },
);
printTable();
process.exit(status ?? 1);

/** Rows: the edits or kinds. Columns: the modes or tests. A cell lists the Nx majors that fail. */
function printTable() {
  if (!existsSync(results)) return;
  const cells = readFileSync(results, 'utf8')
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line));
  const rows = [...new Set(cells.map(({ edit }) => edit))];
  const columns = [...new Set(cells.map(({ mode }) => mode))];
  const majors = [...new Set(cells.map(({ major }) => major))];
  console.log(`\nNx ${majors.join(', ')}; ✔ passes on all of them, else the majors that fail:\n`);
  console.log(`| | ${columns.join(' | ')} |\n|---|${columns.map(() => ':-:|').join('')}`);
  for (const row of rows) {
    const line = columns.map((column) => {
      const tried = cells.filter(({ edit, mode }) => edit === row && mode === column);
      const wrong = tried.filter(({ wrong: reasons }) => reasons.length > 0);
      const unnoticed = tried.filter((cell) => cell.unnoticed);
      if (tried.length === 0) return '–';
      if (wrong.length === 0 && unnoticed.length > 0)
        return `${unnoticed.length < tried.length ? '✔ ' : ''}○ ${unnoticed.map(({ major }) => major).join(', ')}`;
      return wrong.length === 0 ? '✔' : `✘ ${wrong.map(({ major }) => major).join(', ')}`;
    });
    console.log(`| ${row} | ${line.join(' | ')} |`);
  }
  const wrong = cells.filter(({ wrong: reasons }) => reasons.length > 0);
  const open = cells.filter((cell) => cell.unnoticed).length;
  console.log(
    `\n${cells.length - wrong.length - open} cells true, ${wrong.length} not` +
      `${open > 0 ? `; ○ ${open} in which Nx's own daemon kept the edit to itself (files gone: 20, 21; a new project: 22)` : ''}.`,
  );
  for (const { major, edit, mode, wrong: reasons } of wrong)
    console.log(`  Nx ${major}, ${edit}, ${mode}: ${reasons.join('; ')}`);
}
