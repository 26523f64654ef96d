import { execFileSync, spawn } from 'node:child_process';
import {
  cpSync,
  existsSync,
  mkdirSync,
  readFileSync,
  readdirSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { PAGES, repository } from './example-workspace.mjs';
import { imageFiles } from './image-files.mjs';

const here = dirname(fileURLToPath(import.meta.url));

/** How a run went: what it printed where it ended well, and why not where it did not. */
async function outcomeOf(args, cwd) {
  const child = spawn(process.execPath, ['--no-warnings', ...args], {
    cwd,
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const out = [];
  const err = [];
  child.stdout.on('data', (data) => out.push(data));
  child.stderr.on('data', (data) => err.push(data));
  const status = await new Promise((resolve) => child.on('close', resolve));
  const output = Buffer.concat(out).toString();
  return { works: status === 0, output, error: Buffer.concat(err).toString() };
}

/** Runs an application's output: Node programs as they are, pages as far as run-page.mjs goes. */
export function runApplication(bundler, folder) {
  return PAGES.has(bundler)
    ? outcomeOf([join(here, 'run-page.mjs'), join(folder, 'dist')], folder)
    : outcomeOf([join(folder, 'dist/main.js')], folder);
}

/** Loads every entry point of a library and uses it, from a folder that sees it. */
export function runLibrary(bundler, folder) {
  return outcomeOf([join(here, 'run-library.mjs'), `@acme/${bundler}-lib`], folder);
}

/** The declarations that TypeScript reads for a program that imports every entry point of a library. */
export function declarationsRead(bundler, root) {
  const consumer = join(root, 'shared', `consumer-${bundler}.mts`);
  const name = `@acme/${bundler}-lib`;
  const args = ['--noEmit', '--listFilesOnly', '--module', 'nodenext', '--types', 'node', consumer];
  writeFileSync(consumer, `import '${name}';\nimport '${name}/testing';\n`);
  try {
    const listed = execFileSync(join(repository, 'node_modules/.bin/tsc'), args, {
      cwd: root,
      encoding: 'utf8',
    });
    return listed.split('\n').filter((file) => file.startsWith(join(root, bundler, 'lib')));
  } finally {
    rmSync(consumer);
  }
}

/** Installs packed libraries into empty folders, each with the packages that its manifest declares for users, and no others. */
export function installPacked(root, bundlers, target) {
  mkdirSync(target, { recursive: true });
  const folders = bundlers.map((bundler) => join(root, bundler, 'lib'));
  execFileSync('npm', ['pack', '--silent', '--ignore-scripts', '--pack-destination', target, ...folders], {
    cwd: root,
    stdio: ['ignore', 'ignore', 'inherit'],
  });
  for (const bundler of bundlers) {
    const tarball = readdirSync(target).find((file) => file.startsWith(`acme-${bundler}-lib-`));
    const installed = join(target, bundler, 'node_modules/@acme', `${bundler}-lib`);
    mkdirSync(installed, { recursive: true });
    execFileSync('tar', ['-xzf', join(target, tarball), '--strip-components=1', '-C', installed]);
    linkDeclared(installed, join(target, bundler, 'node_modules'));
  }
}

function linkDeclared(folder, modules, workspace = new Map()) {
  const { dependencies = {} } = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8'));
  for (const name of Object.keys(dependencies)) {
    const link = join(modules, name);
    if (existsSync(link)) continue;
    mkdirSync(dirname(link), { recursive: true });
    symlinkSync(workspace.get(name) ?? join(repository, 'node_modules', name), link, 'junction');
  }
}

/**
 * Lays out what an application's Dockerfile copies from its context, as far as the ignore file lets it through, and links what
 * its `npm ci` would install.
 *
 * @returns the folder of the application in the image, to run
 */
export function layOutImage(root, bundler, target) {
  const { context, files } = imageFiles(root, `${bundler}/app`);
  for (const { from, to } of files) {
    mkdirSync(dirname(join(target, to)), { recursive: true });
    cpSync(join(context, from), join(target, to));
  }
  const modules = join(target, 'node_modules');
  const workspace = new Map();
  const packages = ['shared', `${bundler}/lib`, `${bundler}/app`].map((path) => join(target, path));
  const present = packages.filter((folder) => existsSync(join(folder, 'package.json')));
  for (const folder of present) {
    workspace.set(JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8')).name, folder);
  }
  for (const folder of present) linkDeclared(folder, modules, workspace);
  return present.find((folder) => folder.endsWith('app')) ?? target;
}
