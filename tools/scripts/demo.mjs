// `npm run demo` shows the incident on a copy of examples/incident: it builds the workspace, starts
// the application, checks it with verify-exports, applies the fixes, and checks and starts it
// again. The exit status is 0 if every step ends as expected.
import { spawnSync } from 'node:child_process';
import {
  cpSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  realpathSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join, relative } from 'node:path';

const repository = join(import.meta.dirname, '../..');
const folder = mkdtempSync(join(realpathSync(tmpdir()), 'verify-exports-demo-'));

try {
  copyExample();
  heading('1. Build all packages. Every build passes.');
  expectStatus(0, nx('run-many', '-t', 'build'));
  heading('2. Start the application. It fails, as it would in production.');
  expectStatus(1, run(process.execPath, ['apps/api/dist/main.js']));
  heading('3. Run verify-exports. It reports why, and what else would fail.');
  console.log(
    '   (The provider and its dependents report the same breakage. A merged report lists it once.)',
  );
  expectStatus(1, nx('run-many', '-t', 'verify-exports', '--outputStyle=static'));
  heading('4. Apply the fixes of the findings.');
  applyFixes();
  heading('5. Run verify-exports again. Nx rebuilds the changed packages first.');
  expectStatus(0, nx('run-many', '-t', 'verify-exports', '--outputStyle=static'));
  heading('6. Start the application again. It works.');
  expectStatus(0, run(process.execPath, ['apps/api/dist/main.js']));
  console.log('\nverify-exports found the failure before it shipped, and proposed the fixes.');
} finally {
  rmSync(folder, { recursive: true, force: true });
}

/** Copies the example and links the repository's node_modules, so that nothing is downloaded. */
function copyExample() {
  const skipped = new Set(['node_modules', 'dist', '.nx', '.verify-exports']);
  cpSync(join(repository, 'examples/incident'), folder, {
    recursive: true,
    filter: (source) => !skipped.has(basename(source)),
  });
  const modules = join(folder, 'node_modules');
  mkdirSync(modules);
  for (const name of readdirSync(join(repository, 'node_modules'))) {
    symlinkSync(join(repository, 'node_modules', name), join(modules, name), 'junction');
  }
  mkdirSync(join(modules, '@acme'));
  for (const [name, path] of [
    ['monitoring', 'packages/monitoring'],
    ['gateway', 'packages/gateway'],
    ['api', 'apps/api'],
  ]) {
    symlinkSync(join(folder, path), join(modules, '@acme', name), 'junction');
  }
}

/**
 * Applies edits from the end of a file to its start, so that the offsets stay valid. Edits at one
 * place keep their order.
 */
function applyFixes() {
  const edits = new Map();
  for (const finding of findings()) {
    if (!finding.fix) continue;
    console.log(`  ${finding.fix.title}`);
    for (const edit of finding.fix.edits) edits.set(JSON.stringify(edit), edit);
  }
  for (const edit of [...edits.values()].sort((a, b) => b.start - a.start)) {
    const file = join(folder, edit.file);
    const text = readFileSync(file, 'utf8');
    writeFileSync(file, text.slice(0, edit.start) + edit.text + text.slice(edit.end));
  }
}

function findings() {
  const reports = join(folder, '.verify-exports');
  const all = readdirSync(reports, { recursive: true, encoding: 'utf8' })
    .filter((file) => file.endsWith('report.json'))
    .flatMap((file) => JSON.parse(readFileSync(join(reports, file), 'utf8')).findings);
  return new Map(all.map((finding) => [finding.fingerprint, finding])).values();
}

/** The file of Nx's command, which differs between majors. Nx's manifest names it. */
function nxBinary() {
  const folder = join(repository, 'node_modules/nx');
  const { bin } = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8'));
  return join(folder, bin.nx);
}

function nx(...args) {
  return run(process.execPath, [nxBinary(), ...args]);
}

function run(command, args) {
  const env = {
    ...process.env,
    NX_DAEMON: 'false',
    NX_CACHE_DIRECTORY: join(folder, '.nx/cache'),
    NX_WORKSPACE_DATA_DIRECTORY: join(folder, '.nx/workspace-data'),
    NX_TUI: 'false',
  };
  const shown = args.map((arg) => (arg.includes('nx.js') ? 'nx' : arg)).join(' ');
  console.log(`$ ${args[0].includes('nx.js') ? shown : `node ${shown}`}`);
  const { status, stdout, stderr } = spawnSync(command, args, { cwd: folder, env, encoding: 'utf8' });
  console.log(`${stdout}${stderr}`.replaceAll(folder, '.').trimEnd());
  return status;
}

function expectStatus(expected, status) {
  if (status === expected) return;
  console.error(
    `\nThe demo failed: exit status ${status}, expected ${expected} (in ${relative(repository, folder)}).`,
  );
  process.exitCode = 1;
  throw new Error('demo failed');
}

function heading(text) {
  console.log(`\n\u001B[1m${text}\u001B[0m`);
}
