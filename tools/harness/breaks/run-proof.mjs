// Checks with a real tool whether a workspace works: Node, npm pack and Node, the TypeScript checker, or Node in what an image contains.
import { spawnSync } from 'node:child_process';
import { cpSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, relative } from 'node:path';
import dockerignore from '@balena/dockerignore';
import ts from 'typescript6';

/** @type {Record<string, (root: string, words: any) => Outcome>} */
const KINDS = { node: inPlace, packed: asPacked, packedtypes: asPackedTypes, tsc: asChecked, image: inImage };

/** @typedef {{ works: boolean; output: string }} Outcome */

/**
 * @param {string} root a workspace on disk
 * @param {string} command `node <file>`, `packed <folder> import <package>`, `packedtypes <folder>`, `tsc <file> <module kind>` or
 *   `image <Dockerfile> node <file>`
 * @returns {Outcome}
 */
export function runProof(root, command) {
  const [kind, ...words] = command.split(' ');
  const run = KINDS[kind];
  if (!run) throw new Error(`"${command}" is not a known kind of proof: ${Object.keys(KINDS).join(', ')}.`);
  return run(root, words);
}

function inPlace(root, [file]) {
  const { status, stderr } = spawnSync(process.execPath, [file], {
    cwd: root,
    encoding: 'utf8',
    timeout: 20_000,
  });
  return { works: status === 0, output: stderr };
}

function asPacked(root, [folder, , name]) {
  return inFolder((target) => {
    install(root, join(root, 'packages', folder), target);
    return evaluate(target, `await import(${JSON.stringify(name)})`);
  });
}

function asPackedTypes(root, [folder]) {
  return inFolder((target) => {
    const name = install(root, join(root, 'packages', folder), target);
    const file = join(target, 'main.ts');
    writeFileSync(file, `export * from ${JSON.stringify(name)};\n`);
    writeFileSync(join(target, 'package.json'), '{ "type": "module" }');
    return check(file, 'nodenext');
  });
}

function asChecked(root, [file, kind]) {
  return check(join(root, file), kind);
}

/** Copies the files that the ignore file and the COPY lines of a one-stage Dockerfile select, then runs Node there. */
function inImage(root, [dockerfile, , file]) {
  const ignoreFile = join(root, '.dockerignore');
  // The declarations of the package describe an ES module, but Node loads CommonJS.
  const ignored = /** @type {any} */ (dockerignore)().add(
    existsSync(ignoreFile) ? readFileSync(ignoreFile, 'utf8') : '',
  );
  return inFolder((target) => {
    for (const [, from, to] of readFileSync(join(root, dockerfile), 'utf8').matchAll(/^COPY (\S+) (\S+)$/gm))
      cpSync(join(root, from), join(target, to, to === '.' ? from : ''), {
        recursive: true,
        verbatimSymlinks: true,
        filter: (path) => path === root || !ignored.ignores(relative(root, path)),
      });
    return inPlace(target, [file]);
  });
}

/** Packs a package with npm and unpacks it, and its dependencies, into node_modules. Private packages are left out: no registry has them. */
function install(root, folder, target) {
  const manifest = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8'));
  const home = join(target, 'node_modules', manifest.name);
  if (existsSync(home)) return manifest.name;
  mkdirSync(home, { recursive: true });
  const packed = spawnSync(
    'npm',
    ['pack', '--json', '--ignore-scripts', '--offline', '--pack-destination', target],
    {
      cwd: folder,
      encoding: 'utf8',
      timeout: 30_000,
      shell: process.platform === 'win32',
    },
  );
  const [{ filename }] = JSON.parse(packed.stdout);
  spawnSync('tar', ['-xzf', join(target, filename), '--strip-components=1', '-C', home]);
  for (const name of Object.keys({ ...manifest.dependencies, ...manifest.peerDependencies })) {
    const own = join(root, 'node_modules', name);
    if (!existsSync(own)) continue;
    const { private: hidden } = JSON.parse(readFileSync(join(own, 'package.json'), 'utf8'));
    if (!hidden) install(root, own, target);
  }
  return manifest.name;
}

function evaluate(cwd, code) {
  const { status, stderr } = spawnSync(process.execPath, ['--input-type=module', '-e', code], {
    cwd,
    encoding: 'utf8',
    timeout: 20_000,
  });
  return { works: status === 0, output: stderr };
}

function check(file, kind) {
  const module = { nodenext: ts.ModuleKind.NodeNext, node16: ts.ModuleKind.Node16 }[kind];
  const program = ts.createProgram([file], {
    module,
    noEmit: true,
    strict: true,
    types: [],
    target: ts.ScriptTarget.ES2022,
  });
  const output = ts
    .getPreEmitDiagnostics(program)
    .map(({ messageText }) => ts.flattenDiagnosticMessageText(messageText, '\n'));
  return { works: output.length === 0, output: output.join('\n') };
}

function inFolder(use) {
  const folder = mkdtempSync(join(tmpdir(), 'truth-'));
  try {
    return use(folder);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
