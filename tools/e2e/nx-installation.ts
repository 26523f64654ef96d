import {
  existsSync,
  linkSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readlinkSync,
  renameSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { runCommand, runNx } from './nx-command';
import type { Result } from './nx-command';
import { packedTarballs } from './packed-tarballs';

/** The Nx versions of the tests, by major. */
const VERSIONS = { 20: '20.8.4', 21: '21.6.11', 22: '22.7.12', 23: '23.3.2', 24: '24.0.6' } as const;

export type Major = keyof typeof VERSIONS;

/** The version of a major that these tests install. */
export function versionOf(major: Major): string {
  return VERSIONS[major];
}

/** The oldest and the newest; all of them with VERIFY_E2E_NX=all, or a list such as VERIFY_E2E_NX=20,22. */
export function wantedMajors(): readonly Major[] {
  const all = Object.keys(VERSIONS).map(Number) as Major[];
  const wanted = process.env['VERIFY_E2E_NX'];
  if (wanted === undefined || wanted === '') return [20, 24];
  return wanted === 'all' ? all : all.filter((major) => wanted.split(',').includes(String(major)));
}

export interface Installation {
  /** A workspace with Nx and the plugin that nothing else changes. */
  readonly root: string;
  /** What `nx add` printed; absent if an earlier run made the installation. */
  readonly added?: Result;
}

/** Installs Nx and both packed packages, the plugin by `nx add`; kept in the temporary folder until the packages change. */
export function installationOf(major: Major): Installation {
  const { key, engine, nx } = packedTarballs();
  const root = join(tmpdir(), 'verify-exports-e2e', `nx-${VERSIONS[major]}-${key}`);
  if (existsSync(root)) return { root };
  discardOlder(dirname(root), `nx-${VERSIONS[major]}-`);
  // A different name until it is complete, so that another run does not use it too early.
  const fresh = mkdtempSync(join(dirname(root), 'making-'));
  const devDependencies = { '@verify-exports/engine': `file:${engine}`, nx: VERSIONS[major] };
  writeFileSync(
    join(fresh, 'package.json'),
    JSON.stringify({ name: 'e2e', version: '0.0.0', private: true, devDependencies }),
  );
  writeFileSync(
    join(fresh, 'nx.json'),
    '{\n  // Kept by nx add.\n  "analytics": false,\n  "cacheDirectory": ".cache/nx"\n}\n',
  );
  writeFileSync(join(fresh, '.gitignore'), 'node_modules\ndist\n.nx\n.cache\n');
  demand(runCommand(fresh, 'npm', ['install', '--no-package-lock']), 'npm install');
  const added = demand(runNx(fresh, ['add', `@verify-exports/nx@file:${nx}`]), 'nx add');
  rmSync(join(fresh, '.nx'), { recursive: true, force: true });
  renameSync(fresh, root);
  return { root, added };
}

/** Installations of earlier package versions. Workspaces made from them have their own links. */
function discardOlder(folder: string, prefix: string): void {
  mkdirSync(folder, { recursive: true });
  for (const name of readdirSync(folder))
    if (name.startsWith(prefix)) rmSync(join(folder, name), { recursive: true, force: true });
}

function demand(result: Result, what: string): Result {
  if (result.status !== 0) throw new Error(`${what} failed with ${result.status}:\n${result.output}`);
  return result;
}

/**
 * Links the packages of an installation, which nothing writes into. The packages under test are copied: the engine keeps compiled
 * code in its own folder.
 */
export function linkPackages(from: string, to: string): void {
  mkdirSync(to, { recursive: true });
  for (const name of readdirSync(from)) {
    const [source, target] = [join(from, name), join(to, name)];
    if (COPIED.has(name)) linkTree(source, target);
    else symlinkSync(source, target);
  }
}

const COPIED = new Set(['@verify-exports', '.bin']);

/** Copies a folder by hard links. */
function linkTree(from: string, to: string): void {
  mkdirSync(to, { recursive: true });
  for (const entry of readdirSync(from, { withFileTypes: true })) {
    const [source, target] = [join(from, entry.name), join(to, entry.name)];
    if (entry.isDirectory()) linkTree(source, target);
    else if (entry.isSymbolicLink()) symlinkSync(readlinkSync(source), target);
    else linkSync(source, target);
  }
}
