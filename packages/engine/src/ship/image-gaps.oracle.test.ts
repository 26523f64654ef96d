import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { buildImage } from '../../test/build-image.js';
import { checkAll } from '../../test/check-workspace.js';
import { randomFrom } from '../../test/random.js';
import type { Random } from '../../test/random.js';
import { writeWorkspace } from '../../test/text-workspace.js';

/**
 * The oracle is Node: a copier that shares no code with the engine creates the image on disk, and
 * the application is started in it. It must fail exactly if VE307 is an error.
 */

const PACKAGES = {
  monitoring: ['log', 'export { log as report } from "@acme/log";'],
  log: [undefined, 'export * from "./part.js";'],
  unused: [undefined, 'export const unused = 1;'],
} as const;

const IGNORES = [
  '**/monitoring/',
  'monitoring',
  '**/dist',
  '!packages/*/dist',
  '!packages/monitoring',
  '!packages/monitoring/**',
  'packages/log/dist/part.js',
  'packages/*/package.json',
  '!**/package.json',
  'packages/unused',
  '**/*.ts',
  'packages/**/dist/deep',
  '**',
  '!packages',
  '!package.json',
  'packages/app/dist/lazy.js',
];

const DOCKERFILES = [
  ['FROM node', 'WORKDIR /app', 'COPY . .', 'RUN npm ci'],
  ['FROM node', 'WORKDIR /app', 'COPY package.json ./', 'COPY packages ./packages', 'RUN npm ci'],
  [
    'FROM node',
    'WORKDIR /app',
    'COPY package.json ./',
    'COPY packages/app packages/app',
    'COPY packages/monitoring packages/monitoring',
    'COPY packages/log packages/log',
    'RUN npm ci',
  ],
  [
    'FROM node AS all',
    'WORKDIR /app',
    'COPY . .',
    'FROM node',
    'WORKDIR /app',
    'COPY --from=all /app/package.json ./',
    'COPY --from=all /app/packages ./packages',
    'RUN npm ci',
  ],
  [
    'FROM node AS base',
    'WORKDIR /app',
    'COPY packages/log ./packages/log/',
    'FROM base AS more',
    'COPY packages/app/package.json packages/app/',
    'COPY packages/app/dist packages/app/dist',
    'FROM more',
    'WORKDIR /app',
    'COPY packages/monitoring/package.json ./packages/monitoring/package.json',
    'COPY packages/monitoring/dist/*.js packages/monitoring/dist/',
    'RUN npm ci --omit=dev',
  ],
];

/** The error of Node if a file or a package is not in the image. */
const MISSING = /ERR_MODULE_NOT_FOUND|MODULE_NOT_FOUND|Cannot find (?:module|package)/;

/**
 * Computes the outcome of each seed once, so that every test can read it without depending on
 * another test.
 */
function once<T>(compute: (seed: number) => T): (seed: number) => T {
  const known = new Map<number, T>();
  return (seed) => {
    if (!known.has(seed)) known.set(seed, compute(seed));
    return known.get(seed)!;
  };
}

function hasGap(root: string, dockerfile = 'packages/app/Dockerfile') {
  const report = checkAll(root, { dockerfile: [{ file: dockerfile }], dependents: false }).find(
    ({ project }) => project === '@acme/app',
  )!;
  const found = report.findings.some(({ code, severity }) => code === 'VE307' && severity === 'error');
  return { report, found };
}

const lacking = once((seed) => {
  const random = randomFrom(seed);
  const dockerfile = dockerfileOf(random);
  const ignore = Array.from({ length: random.below(4) }, () => random.pick(IGNORES)).join('\n');
  using workspace = writeWorkspace(filesOf(dockerfile, ignore));
  const { found } = hasGap(workspace.root);
  using image = buildImage(workspace.root, dockerfile, ignore);
  const main = join(image.root, 'app/packages/app/dist/main.js');
  const { status, stderr } = spawnSync(process.execPath, [main], { encoding: 'utf8' });
  const built = image.succeeded;
  return { found, built, fails: status !== 0, stderr, given: `${dockerfile}\n-- ignored --\n${ignore}` };
});

describe('an image that lacks files', () => {
  const seeds = Array.from({ length: 90 }, (_, seed) => seed);

  it.each(seeds)('has a finding exactly if Node misses a file in it, seed %i', (seed) => {
    const { found, built, fails, stderr, given } = lacking(seed);
    if (fails) expect(stderr, given).toMatch(MISSING);
    // A COPY of nothing ends the build. Whether the program needs these files is a different
    // question.
    if (built || found) expect(found, `${given}\n${stderr}`).toBe(fails || !built);
  });

  it('has a finding for some seeds, and none for others', () => {
    const decided = seeds.map(lacking).filter(({ built, found }) => built || found);
    expect(decided.filter(({ found }) => found).length).toBeGreaterThan(15);
    expect(decided.filter(({ found }) => !found).length).toBeGreaterThan(15);
  });
});

/** Stages that build from sources, and stages that copy the parts that run. */
const BUILT = [
  ['FROM node AS build', 'WORKDIR /app', 'COPY . .', 'RUN npm ci && npx nx build app', 'FROM node'],
  [
    'FROM node AS build',
    'WORKDIR /app',
    'COPY . .',
    'RUN npm ci',
    'RUN npx nx build app',
    'RUN cp -rL /app/node_modules /copied',
    'FROM node',
  ],
];
const TAKEN = [
  'COPY --from=build /app/node_modules ./node_modules',
  'COPY --from=build /app/packages/app/dist ./packages/app/dist',
  'COPY --from=build /app/packages/app/package.json ./packages/app/',
  'COPY --from=build /app/packages/monitoring ./packages/monitoring',
  'COPY --from=build /app/packages/log ./packages/log',
  'COPY --from=build /app/packages/log/package.json ./packages/log/',
  'COPY --from=build /app/packages ./packages',
  'COPY --from=build /app ./',
];

const leftBehind = once((seed) => {
  const random = randomFrom(seed);
  const stages = [...random.pick(BUILT), `WORKDIR ${random.pick(['/app', '/srv'])}`];
  const copies = stages.some((line) => line.includes('/copied'));
  // Docker puts no link where a folder is. So a whole stage on top of copied packages is no valid
  // image.
  const choices = copies ? TAKEN.slice(0, -1) : TAKEN;
  const taken = choices.filter((_, index) => random.chance(index < 3 ? 0.95 : index < 6 ? 0.5 : 0.1));
  const links = copies ? '/copied' : '/app/node_modules';
  const lines = [...stages, ...taken.map((line) => line.replace('/app/node_modules', links))];
  const dockerfile = lines.join('\n');
  using workspace = writeWorkspace(new Map([...filesOf(dockerfile, '**/dist'), ...SOURCES]));
  const { report, found } = hasGap(workspace.root);
  const workdir = stages.at(-1)!.split(' ')[1]!;
  const run = (text: string) => {
    using image = buildImage(workspace.root, text, '**/dist');
    const main = join(image.root, workdir, 'packages/app/dist/main.js');
    const { status, stderr } = spawnSync(process.execPath, [main], { encoding: 'utf8' });
    return { fails: status !== 0, stderr, hasMain: existsSync(main) };
  };
  const { fails, stderr, hasMain } = run(dockerfile);
  // Without its own output, or without the links, it is unknown what runs in the image. The engine
  // does not follow copies.
  const isKnown = hasMain && !copies && (taken.includes(TAKEN[0]!) || taken.includes(TAKEN[7]!));
  const edits = report.findings.flatMap(({ fix }) => fix?.edits ?? []);
  const fixed = [dockerfile, ...edits.map(({ text }) => text.trim())].join('\n');
  return { found, fails, stderr, isKnown, dockerfile, fixed, afterFix: found ? run(fixed) : undefined };
});

describe('an image that leaves files behind in the build stage', () => {
  const seeds = Array.from({ length: 60 }, (_, seed) => seed);

  it.each(seeds)('has a finding exactly if Node misses a file in it, seed %i', (seed) => {
    const { found, fails, stderr, isKnown, dockerfile } = leftBehind(seed);
    if (fails) expect(stderr, dockerfile).toMatch(MISSING);
    expect(found, `${dockerfile}\n${stderr}`).toBe(isKnown && fails);
  });

  it('works after its fixes are applied', () => {
    for (const { afterFix, fixed } of seeds.map(leftBehind))
      if (afterFix) expect(afterFix.fails, `${fixed}\n${afterFix.stderr}`).toBe(false);
  });

  it('has a finding for some seeds, and works for others', () => {
    const outcomes = seeds.map(leftBehind);
    expect(outcomes.filter(({ found }) => found).length).toBeGreaterThan(10);
    expect(outcomes.filter(({ fails }) => !fails).length).toBeGreaterThan(10);
  });
});

const SOURCES = ['app', 'monitoring', 'log'].map((name) => [`packages/${name}/src/index.js`, ''] as const);

/** One of the Dockerfiles, sometimes without one of its COPY lines. */
function dockerfileOf(random: Random): string {
  const lines = [...random.pick(DOCKERFILES)];
  const copies = lines.flatMap((line, index) =>
    line.startsWith('COPY') && !line.includes('package.json ./') ? [index] : [],
  );
  if (random.chance(0.25)) lines.splice(random.pick(copies), 1);
  return lines.join('\n');
}

function filesOf(dockerfile: string, ignore: string): ReadonlyMap<string, string> {
  const files = new Map([
    ['packages/app/Dockerfile', dockerfile],
    ['.dockerignore', ignore],
    [
      'packages/app/package.json',
      JSON.stringify({
        name: '@acme/app',
        private: true,
        type: 'module',
        main: './dist/main.js',
        dependencies: { '@acme/monitoring': '*' },
      }),
    ],
    [
      'packages/app/dist/main.js',
      'import { report } from "@acme/monitoring";\nimport "./lazy.js";\nreport("up");\n',
    ],
    ['packages/app/dist/lazy.js', 'export {};\n'],
    ['packages/log/dist/part.js', 'export const log = (text) => console.log(text);\n'],
  ]);
  for (const [name, [dependency, code]] of Object.entries(PACKAGES)) {
    const dependencies = dependency && { dependencies: { [`@acme/${dependency}`]: '*' } };
    const manifest = {
      name: `@acme/${name}`,
      private: true,
      type: 'module',
      exports: './dist/index.js',
      ...dependencies,
    };
    files.set(`packages/${name}/package.json`, JSON.stringify(manifest));
    files.set(`packages/${name}/dist/index.js`, `${code}\n`);
  }
  return files;
}
