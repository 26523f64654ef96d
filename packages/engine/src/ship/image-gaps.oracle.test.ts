import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { buildImage } from '../../test/build-image.js';
import { judgeAll } from '../../test/judge-workspace.js';
import { randomFrom } from '../../test/random.js';
import type { Random } from '../../test/random.js';
import { writeWorkspace } from '../../test/text-workspace.js';

/**
 * The oracle is Node: the image is put together on disk, by a copier that knows nothing of the engine, and the application is started
 * in it. It must fail exactly where VE307 is an error.
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

describe('the missing files of an image', () => {
  const results: { found: boolean; fails: boolean }[] = [];

  it.each(Array.from({ length: 90 }, (_, seed) => seed))(
    'are the files that Node does not find, seed %i',
    (seed) => {
      const random = randomFrom(seed);
      const dockerfile = dockerfileOf(random);
      const ignore = Array.from({ length: random.below(4) }, () => random.pick(IGNORES)).join('\n');
      using workspace = writeWorkspace(filesOf(dockerfile, ignore));
      const report = judgeAll(workspace.root, {
        dockerfile: [{ file: 'packages/app/Dockerfile' }],
        dependents: false,
      }).find(({ project }) => project === '@acme/app')!;
      const found = report.findings.some(({ code, severity }) => code === 'VE307' && severity === 'error');
      using image = buildImage(workspace.root, dockerfile, ignore);
      const node = spawnSync(process.execPath, [join(image.root, 'app/packages/app/dist/main.js')], {
        encoding: 'utf8',
      });
      const fails = node.status !== 0;
      // A COPY of nothing ends the build; whether what it would have brought is needed is another question.
      if (!image.succeeded && !found) return;
      expect({ found, dockerfile, ignore, stderr: node.stderr }).toEqual({
        found: fails || !image.succeeded,
        dockerfile,
        ignore,
        stderr: node.stderr,
      });
      results.push({ found, fails });
    },
  );

  it('include both complete and incomplete images', () => {
    expect(results.filter(({ found }) => found).length).toBeGreaterThan(15);
    expect(results.filter(({ found }) => !found).length).toBeGreaterThan(15);
  });
});

/** Stages that build from sources, and stages that take of it what runs. */
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

describe('the packages that an image leaves in the build stage', () => {
  const results: { found: boolean; fails: boolean }[] = [];

  it.each(Array.from({ length: 60 }, (_, seed) => seed))(
    'are the files that Node does not find, seed %i',
    (seed) => {
      const random = randomFrom(seed);
      const stages = [...random.pick(BUILT), `WORKDIR ${random.pick(['/app', '/srv'])}`];
      const copies = stages.some((line) => line.includes('/copied'));
      // Docker puts no link where a folder is: all of the stage on top of copied packages is no image.
      const choices = copies ? TAKEN.slice(0, -1) : TAKEN;
      const taken = choices.filter((_, index) => random.chance(index < 3 ? 0.95 : index < 6 ? 0.5 : 0.1));
      const links = copies ? '/copied' : '/app/node_modules';
      const dockerfile = [...stages, ...taken.map((line) => line.replace('/app/node_modules', links))].join(
        '\n',
      );
      using workspace = writeWorkspace(new Map([...filesOf(dockerfile, '**/dist'), ...SOURCES]));
      const report = judgeAll(workspace.root, {
        dockerfile: [{ file: 'packages/app/Dockerfile' }],
        dependents: false,
      }).find(({ project }) => project === '@acme/app')!;
      const found = report.findings.some(({ code, severity }) => code === 'VE307' && severity === 'error');
      using image = buildImage(workspace.root, dockerfile, '**/dist');
      const workdir = stages.at(-1)!.split(' ')[1]!;
      const main = join(image.root, workdir, 'packages/app/dist/main.js');
      const { status, stderr } = spawnSync(process.execPath, [main], { encoding: 'utf8' });
      const fails = status !== 0;
      // Without its own output, or without the links, what runs in the image is not known; copies are not followed.
      const isTold = existsSync(main) && (taken.includes(TAKEN[0]!) || taken.includes(TAKEN[7]!));
      expect({ found, dockerfile, stderr }).toEqual({
        found: isTold && !copies && fails,
        dockerfile,
        stderr,
      });
      results.push({ found, fails });
      if (!found) return;
      const edits = report.findings.flatMap(({ fix }) => fix?.edits ?? []);
      const added = edits.map(({ text }) => text.trim());
      using mended = buildImage(workspace.root, [dockerfile, ...added].join('\n'), '**/dist');
      const again = spawnSync(process.execPath, [join(mended.root, workdir, 'packages/app/dist/main.js')]);
      expect({ status: again.status, added }).toEqual({ status: 0, added });
    },
  );

  it('include both complete and incomplete images', () => {
    expect(results.filter(({ found }) => found).length).toBeGreaterThan(10);
    expect(results.filter(({ fails }) => !fails).length).toBeGreaterThan(10);
  });
});

const SOURCES = ['app', 'monitoring', 'log'].map((name) => [`packages/${name}/src/index.js`, ''] as const);

/** One of the Dockerfiles, at times without one of its COPY lines. */
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
