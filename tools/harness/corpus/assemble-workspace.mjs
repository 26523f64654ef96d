import {
  existsSync,
  linkSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { dirname, join } from 'node:path';

/**
 * Creates an npm workspace from installed packages. The packages of the families become its packages: their published files are the
 * built output, and they import each other. All other packages stay external dependencies. A package keeps its nested node_modules,
 * so that other versions of family packages stay in their place.
 *
 * Files are hard links. Only manifests are rewritten, without `scripts`, because Nx would run these as targets.
 *
 * @param {{ installed: string; root: string; list: import('./install-packages.mjs').PackageList; links?: Record<string, string> }} options
 *   `installed`: the folder in which npm installed node_modules; `links`: more packages for node_modules, name → folder
 * @returns {{ name: string; folder: string; family: string }[]}
 */
export function assembleWorkspace({ installed, root, list, links = {} }) {
  rmSync(root, { recursive: true, force: true });
  const from = join(installed, 'node_modules');
  const packages = list.families.flatMap(({ name: family, packages: members }) =>
    Object.keys(members).map((name) => ({ name, folder: `packages/${name}`, family })),
  );
  const own = new Set(packages.map(({ name }) => name));
  for (const { name, folder } of packages) {
    if (!existsSync(join(from, name)))
      throw new Error(`${name} is not installed in ${from}: remove that folder and run again.`);
    copyTree(join(from, name), join(root, folder));
    rewriteManifest(join(root, folder, 'package.json'));
    link(join(root, folder), join(root, 'node_modules', name));
  }
  for (const name of installedNames(from))
    if (!own.has(name)) link(join(from, name), join(root, 'node_modules', name));
  for (const [name, target] of Object.entries(links)) link(target, join(root, 'node_modules', name));
  for (const [file, value] of Object.entries(ROOT_FILES))
    writeFileSync(join(root, file), `${JSON.stringify(value, null, 2)}\n`);
  return packages;
}

const ROOT_FILES = {
  'package.json': { name: 'corpus', private: true, workspaces: ['packages/*', 'packages/@*/*'] },
  'nx.json': {
    plugins: ['@verify-exports/nx'],
    analytics: false,
    useDaemonProcess: false,
    cacheDirectory: '.nx/cache',
  },
};

/** Names of all packages directly in a node_modules folder. @param {string} folder */
export function installedNames(folder) {
  return readdirSync(folder)
    .filter((entry) => !entry.startsWith('.'))
    .flatMap((entry) =>
      entry.startsWith('@') ? readdirSync(join(folder, entry)).map((name) => `${entry}/${name}`) : [entry],
    );
}

function rewriteManifest(file) {
  const { scripts: _scripts, nx: _nx, ...manifest } = JSON.parse(readFileSync(file, 'utf8'));
  rmSync(file);
  writeFileSync(file, `${JSON.stringify(manifest, null, 2)}\n`);
}

function copyTree(from, to) {
  mkdirSync(to, { recursive: true });
  for (const entry of readdirSync(from, { withFileTypes: true })) {
    const [source, target] = [join(from, entry.name), join(to, entry.name)];
    if (entry.isDirectory()) copyTree(source, target);
    else if (entry.isFile()) linkSync(source, target);
  }
}

function link(target, path) {
  if (existsSync(path)) rmSync(path, { recursive: true });
  mkdirSync(dirname(path), { recursive: true });
  symlinkSync(target, path, 'junction');
}
