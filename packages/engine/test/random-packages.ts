import type { PackageJson } from '../src/model/workspace.js';

/** A source of numbers below a bound that returns the same ones for the same seed (mulberry32). */
export function seeded(seed: number): (bound: number) => number {
  let state = seed;
  return (bound) => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return Math.floor((((mixed ^ (mixed >>> 14)) >>> 0) / 4294967296) * bound);
  };
}

/**
 * The files of every random package: JavaScript with and without declarations, declarations alone,
 * odd names, folders.
 */
export const PACKAGE_FILES = [
  'index.js',
  'index.d.ts',
  'a.js',
  'a.d.ts',
  'a b.js',
  'b.mjs',
  'b.d.mts',
  'c.cjs',
  'c.d.cts',
  'untyped.js',
  'only.d.ts',
  'source.ts',
  'data.json',
  'lib/index.js',
  'lib/index.d.ts',
  'lib/x.js',
  'lib/x.d.ts',
  'lib/x/y.js',
  'lib/x/y.d.ts',
  'lib/x/x.js',
  'types/a.d.ts',
  'types/x.d.ts',
] as const;

/** Subpaths to resolve in every random package. */
export const SUBPATHS = [
  '.',
  './a',
  './a.js',
  './a/deep',
  './lib',
  './lib/x',
  './lib/x.js',
  './lib/x/y',
  './lib/x/y.js',
  './x',
  './x/x',
  './b',
  './untyped',
  './nowhere',
  './package.json',
  './folder/a.js',
  './lib/node_modules/x',
] as const;

const KEYS = [
  '.',
  './a',
  './a.js',
  './lib/x',
  './*',
  './*.js',
  './lib/*',
  './lib/*.js',
  './lib/x/*',
  './*/x',
  './a/*',
  './b',
  './folder/',
  './package.json',
];
const TARGETS = [
  './index.js',
  './a.js',
  './a.d.ts',
  './b.mjs',
  './c.cjs',
  './untyped.js',
  './only.js',
  './only.d.ts',
  './source.ts',
  './data.json',
  './missing.js',
  './missing.d.ts',
  './lib',
  './lib/*',
  './lib/*.js',
  './*.js',
  './*',
  './types/*.d.ts',
  './types/a.d.ts',
  './lib/*/*.js',
  './a%20b.js',
  './lib/../a.js',
  './node_modules/a.js',
  './%6eode_modules/a.js',
  '../outside.js',
  'bare',
  '/absolute.js',
  './lib//x.js',
  './a.js?query',
  './%2Fa.js',
];
const CONDITIONS = [
  'import',
  'require',
  'node',
  'default',
  'module-sync',
  'node-addons',
  'browser',
  'types',
  'types@>=5',
  'types@<4',
  'custom',
  '//',
];

/**
 * A random manifest: mostly with `exports` of every shape that Node accepts as a whole, sometimes
 * with `main` and similar fields.
 */
export function randomManifest(random: (bound: number) => number, name: string): PackageJson {
  const pick = <T>(from: readonly T[]): T => from[random(from.length)]!;
  const target = (depth: number): unknown => {
    const kind = random(depth > 2 ? 7 : 12);
    if (kind < 6) return pick(TARGETS);
    if (kind === 6) return pick([null, null, null, 42, true]);
    if (kind === 7) return Array.from({ length: random(4) }, () => target(depth + 1));
    return conditions(depth);
  };
  const conditions = (depth: number): unknown =>
    Object.fromEntries(Array.from({ length: 1 + random(3) }, () => [pick(CONDITIONS), target(depth + 1)]));
  const type = pick([undefined, 'module', 'commonjs'] as const);
  const base = { name, version: '1.0.0', ...(type && { type }) };
  const mains = ['./a.js', 'a', 'lib', './lib/x', 'missing', './index.js', 'types/a.d.ts', './untyped.js'];
  if (random(6) === 0) {
    return {
      ...base,
      ...(random(3) > 0 && { main: pick(mains) }),
      ...(random(3) === 0 && {
        types: pick(['./types/a.d.ts', './missing.d.ts', 'a', './types/a', './untyped.js']),
      }),
      ...(random(4) === 0 && {
        typesVersions: {
          [pick(['*', '>=4', '<4'])]: {
            [pick(['*', 'lib/*', 'a', 'index.d.ts'])]: [pick(['types/*', './types/a.d.ts', 'lib/*'])],
          },
        },
      }),
    };
  }
  const shape = random(8);
  if (shape === 0) return { ...base, exports: pick(TARGETS) };
  if (shape === 1) return { ...base, exports: conditions(0) };
  return {
    ...base,
    exports: Object.fromEntries(Array.from({ length: 1 + random(6) }, () => [pick(KEYS), target(0)])),
  };
}
