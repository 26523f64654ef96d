import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';

const lock = JSON.parse(readFileSync(join(import.meta.dirname, '../../package-lock.json'), 'utf8')).packages;
const RUNTIME = ['dependencies', 'optionalDependencies'];

/** @returns {ReadonlyMap<string, object>} what an installation of both packages contains, by path in the lock file; without peers */
function installed(packages) {
  const found = new Map();
  const add = (path) => {
    const at = packages[path].link ? packages[path].resolved : path;
    if (found.has(at)) return;
    found.set(at, packages[at]);
    for (const name of RUNTIME.flatMap((field) => Object.keys(packages[at][field] ?? {}))) {
      const dependency = nearest(packages, at, name);
      if (dependency !== undefined) add(dependency);
    }
  };
  for (const root of ['packages/engine', 'packages/nx']) add(root);
  return found;
}

/** Where Node finds a package: in the nearest node_modules of the folders above. */
function nearest(packages, from, name) {
  for (let folder = from; ; folder = folder.slice(0, Math.max(0, folder.lastIndexOf('/')))) {
    const path = folder === '' ? `node_modules/${name}` : `${folder}/node_modules/${name}`;
    if (Object.hasOwn(packages, path)) return path;
    if (folder === '') return undefined;
  }
}

function withScripts(packages) {
  return [...installed(packages)].flatMap(([path, { hasInstallScript }]) => (hasInstallScript ? [path] : []));
}

describe('the runtime dependencies of both packages', () => {
  // pnpm 11 and later end an installation with an error if a package has one.
  it('have no install script', () => {
    const names = [...installed(lock).keys()].map((path) => path.split('node_modules/').at(-1));
    expect(names).toEqual(expect.arrayContaining(['oxc-parser', 'oxc-resolver', 'yaml', 'diff']));
    expect(withScripts(lock)).toEqual([]);
  });

  it('have no native code but that of the parser and the resolver', () => {
    const native = [...installed(lock)].filter(([, { cpu, libc, os }]) => cpu ?? libc ?? os);
    const scopes = native.map(([path]) => path.replace(/^.*node_modules\//, '').split('/')[0]);
    expect([...new Set(scopes)].toSorted()).toEqual(['@oxc-parser', '@oxc-resolver']);
  });

  it.each(['engine', 'nx'])('of %s are explained in docs/dependencies.md', (name) => {
    const page = readFileSync(join(import.meta.dirname, '../../docs/dependencies.md'), 'utf8');
    const section = page.split(`## \`@verify-exports/${name}\``)[1].split('\n## ')[0];
    const rows = [...section.matchAll(/^\| `([^`]+)` +\|(.*)\|$/gm)];
    const manifest = lock[`packages/${name}`].dependencies;
    expect(rows.map(([, listed]) => listed).toSorted()).toEqual(Object.keys(manifest).toSorted());
    for (const [, , cells] of rows)
      expect(cells.split('|').map((cell) => cell.trim() !== '')).toEqual([true, true, true]);
  });

  it('are searched for scripts at any depth', () => {
    const packages = {
      'packages/engine': { dependencies: { direct: '1' } },
      'packages/nx': { dependencies: { engine: '1' } },
      'node_modules/engine': { link: true, resolved: 'packages/engine' },
      'node_modules/direct': { optionalDependencies: { deep: '1', absent: '1' } },
      'node_modules/direct/node_modules/deep': { hasInstallScript: true },
      'node_modules/deep': { hasInstallScript: true },
    };
    expect(withScripts(packages)).toEqual(['node_modules/direct/node_modules/deep']);
  });
});
