// Adds to package-lock.json the optional platform packages that npm left out because the registry in use does not have them
// (`npm ci` refuses a lock file without them, also on platforms that need none of them). Usage: node tools/scripts/complete-lock.mjs
import { readFileSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

const file = join(import.meta.dirname, '../..', 'package-lock.json');
const lock = JSON.parse(readFileSync(file, 'utf8'));
const SYSTEMS = [
  'aix',
  'android',
  'darwin',
  'freebsd',
  'linux',
  'netbsd',
  'openbsd',
  'openharmony',
  'sunos',
  'win32',
];
const PROCESSORS = [
  'arm64',
  'arm',
  'ia32',
  'loong64',
  'mips64el',
  'ppc64',
  'riscv64',
  's390x',
  'wasm32',
  'x64',
];
const LIBRARIES = { gnu: 'glibc', gnueabihf: 'glibc', musl: 'musl', musleabihf: 'musl' };

const added = [];
for (const { optionalDependencies = {} } of Object.values(lock.packages)) {
  for (const [name, range] of Object.entries(optionalDependencies)) {
    const key = `node_modules/${name}`;
    const platform = platformOf(name);
    if (lock.packages[key] || !platform || !/^\d/.test(range)) continue;
    lock.packages[key] = { version: range, ...platform, optional: true };
    added.push(name);
  }
}
lock.packages = Object.fromEntries(Object.entries(lock.packages).sort(([a], [b]) => (a < b ? -1 : 1)));
writeFileSync(`${file}.tmp`, `${JSON.stringify(lock, null, 2)}\n`);
renameSync(`${file}.tmp`, file);
console.log(`${added.length} added: ${added.join(', ') || 'none'}`);

/** Reads the platform from the name of a platform package: `@nx/nx-linux-x64-musl`. */
function platformOf(name) {
  const words = name.split('/').at(-1).split('-');
  const of = (known) => known.find((word) => words.includes(word));
  const [os, cpu, library] = [of(SYSTEMS), of(PROCESSORS), of(Object.keys(LIBRARIES))];
  if (!os && cpu !== 'wasm32') return undefined;
  const libc = os === 'linux' && library ? { libc: [LIBRARIES[library]] } : {};
  return { ...(cpu && { cpu: [cpu] }), ...libc, ...(os && { os: [os] }) };
}
