import {
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  realpathSync,
  rmSync,
  symlinkSync,
} from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { basename, dirname, join, relative } from 'node:path';
import ts from 'typescript6';

/**
 * Resolves an import of a package that is installed alone, with only the packages that its manifest declares, as pnpm does.
 * Node resolves it, or TypeScript for declarations.
 *
 * @param {{ from: string; specifier: string; packageRoot: string; types: boolean; installed: string }} probe `installed` is the
 *   node_modules folder with all packages
 * @returns {import('./check-with-node.mjs').ProbeResult}
 */
export function checkAlone({ from, specifier, packageRoot, types, installed }) {
  const folder = mkdtempSync(join(tmpdir(), 'alone-'));
  try {
    const manifest = JSON.parse(readFileSync(join(packageRoot, 'package.json'), 'utf8'));
    const beside = join(folder, 'node_modules');
    const home = join(beside, manifest.name);
    mkdirSync(dirname(home), { recursive: true });
    const nested = join(packageRoot, 'node_modules');
    cpSync(packageRoot, home, {
      recursive: true,
      filter: (path) => basename(path) !== 'node_modules',
    });
    for (const name of declared(manifest)) {
      const source = [join(nested, name), join(installed, name)].find((path) => existsSync(path));
      if (!source || name === manifest.name) continue;
      mkdirSync(dirname(join(beside, name)), { recursive: true });
      symlinkSync(realpathSync(source), join(beside, name));
    }
    const file = join(realpathSync(home), relative(packageRoot, from));
    return types ? byTypeScript(file, specifier) : byNode(file, specifier);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

function declared({ dependencies, peerDependencies, optionalDependencies }) {
  return Object.keys({ ...dependencies, ...peerDependencies, ...optionalDependencies });
}

/** @returns {import('./check-with-node.mjs').ProbeResult} */
function byNode(file, specifier) {
  try {
    createRequire(file).resolve(specifier);
    return { outcome: 'holds', observed: 'installed alone: Node finds it' };
  } catch (error) {
    const missing = error.code === 'MODULE_NOT_FOUND';
    return { outcome: missing ? 'fails' : 'holds', observed: `installed alone: ${error.code}` };
  }
}

/** @returns {import('./check-with-node.mjs').ProbeResult} */
function byTypeScript(file, specifier) {
  const options = { module: ts.ModuleKind.NodeNext, moduleResolution: ts.ModuleResolutionKind.NodeNext };
  const { resolvedModule } = ts.resolveModuleName(specifier, file, options, ts.sys);
  const typed = resolvedModule && /\.ts$|\.[cm]ts$/.test(resolvedModule.resolvedFileName);
  return typed
    ? { outcome: 'holds', observed: 'installed alone: TypeScript finds its declarations' }
    : { outcome: 'fails', observed: 'installed alone: TypeScript finds no declarations' };
}
