import {
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  readdirSync,
  realpathSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { PAGES, repository } from './example-workspace.mjs';
import { outcomeOf } from './outcome-of.mjs';
import { imageFiles } from './image-files.mjs';

const here = dirname(fileURLToPath(import.meta.url));

function runNode(args, cwd) {
  return outcomeOf(process.execPath, ['--no-warnings', ...args], { cwd });
}

/** Runs the output of an application: programs with Node, pages with run-page.mjs. */
export function runApplication(bundler, folder) {
  return PAGES.has(bundler)
    ? runNode([join(here, 'run-page.mjs'), join(folder, 'dist')], folder)
    : runNode([join(folder, 'dist/main.js')], folder);
}

/** Loads and uses every entry point of a library, from a folder that can import it. */
export function runLibrary(bundler, folder) {
  return runNode([join(here, 'run-library.mjs'), `@acme/${bundler}-lib`], folder);
}

/**
 * The declarations of a library that a program which uses all of it needs. Without them TypeScript reports an error, or a type
 * silently becomes another type. Copies the library once for each declaration, without that file, and runs tsc on all copies.
 */
export async function declarationsNeeded(bundler, root, declarations) {
  const target = mkdtempSync(join(realpathSync(tmpdir()), 'verify-exports-types-'));
  const name = `@acme/${bundler}-lib`;
  try {
    const variants = [undefined, ...declarations];
    for (const [index, without] of variants.entries()) {
      const folder = join(target, String(index));
      const library = join(folder, 'node_modules', name);
      cpSync(join(root, bundler, 'lib'), library, { recursive: true });
      if (without !== undefined) rmSync(join(library, without.slice(`${bundler}/lib/`.length)));
      // TypeScript treats two packages with the same name and version as one.
      const manifest = JSON.parse(readFileSync(join(library, 'package.json'), 'utf8'));
      writeFileSync(join(library, 'package.json'), JSON.stringify({ ...manifest, version: `1.0.${index}` }));
      writeFileSync(join(folder, 'consumer.mts'), CONSUMER.replaceAll('@acme/lib', name));
      writeFileSync(join(folder, 'package.json'), '{ "type": "module" }');
    }
    symlinkSync(join(repository, 'node_modules'), join(target, 'node_modules'), 'junction');
    const checked = variants.map((_, index) => `${index}/consumer.mts`);
    const args = ['--declaration', '--emitDeclarationOnly', '--module', 'nodenext', '--strict', ...checked];
    const { output: stdout } = await outcomeOf(join(repository, 'node_modules/.bin/tsc'), args, {
      cwd: target,
    });
    const complaints = new Set(
      [...stdout.matchAll(/^(\d+)\/\S+: error/gm)].map(([, index]) => Number(index)),
    );
    const typesOf = (index) => readFileSync(join(target, String(index), 'consumer.d.mts'), 'utf8');
    if (complaints.has(0)) throw new Error(`TypeScript reports an error in the complete library: ${stdout}`);
    return declarations.filter((_, at) => complaints.has(at + 1) || typesOf(at + 1) !== typesOf(0));
  } finally {
    rmSync(target, { recursive: true, force: true });
  }
}

const CONSUMER = `import { greet, loadLocale } from '@acme/lib';
import type { Locale } from '@acme/lib';
import { useFixedGreeting } from '@acme/lib/testing';

export const results = [greet('Ada'), loadLocale('de'), useFixedGreeting('Hi')] as const;
export const greetingOf = (locale: Locale) => locale.greeting;
`;

/** Installs packed libraries into empty folders, each with only the packages that its manifest declares for users. */
export async function installPacked(root, bundlers, target) {
  mkdirSync(target, { recursive: true });
  const folders = bundlers.map((bundler) => join(root, bundler, 'lib'));
  const pack = ['pack', '--silent', '--ignore-scripts', '--pack-destination', target, ...folders];
  const packed = await outcomeOf('npm', pack, { cwd: root });
  if (!packed.works) throw new Error(packed.error);
  for (const bundler of bundlers) {
    const [tarball] = readdirSync(target).filter((file) => file.startsWith(`acme-${bundler}-lib-`));
    const installed = join(target, bundler, 'node_modules/@acme', `${bundler}-lib`);
    mkdirSync(installed, { recursive: true });
    await outcomeOf('tar', ['-xzf', join(target, tarball), '--strip-components=1', '-C', installed], {
      cwd: target,
    });
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
 * Copies the files that an application's Dockerfile copies from its context and the ignore file does not exclude. Links the packages
 * that `npm ci` would install.
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
