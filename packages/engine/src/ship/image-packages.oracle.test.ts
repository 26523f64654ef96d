import { spawnSync } from 'node:child_process';
import { mkdirSync, symlinkSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { buildImage } from '../../test/build-image.js';
import { checkAll } from '../../test/check-workspace.js';
import { randomFrom } from '../../test/random.js';
import { writeWorkspace } from '../../test/text-workspace.js';

/**
 * The oracle is Node: a builder that shares no code with the engine creates the image on disk, and
 * the application is started in it. It must fail exactly if VE307 is an error about a package.
 */

/** Where `driver` is installed: at the root, beside the package that needs it, or in a store. */
const LAYOUTS = ['root', 'beside', 'store'] as const;

const STAGES = [
  ['FROM node AS build', 'WORKDIR /app', 'COPY . .', 'RUN npm ci', 'FROM node'],
  ['FROM node AS build', 'WORKDIR /app', 'COPY . .', 'RUN npm ci --omit=dev', 'FROM node'],
  ['FROM node AS build', 'WORKDIR /app', 'COPY . .', 'FROM node'],
];
const TAKEN = [
  'COPY --from=build /app/node_modules ./node_modules',
  'COPY --from=build /app/packages/db/node_modules ./packages/db/node_modules',
  'COPY --from=build /app/packages/db/node_modules ./node_modules',
  'COPY --from=build /app/store ./store',
];

function outcomeOf(seed: number) {
  const random = randomFrom(seed);
  const layout = random.pick(LAYOUTS);
  const field = random.pick(['dependencies', 'dependencies', 'devDependencies']);
  const whole = random.chance(0.1);
  const lines = [
    ...random.pick(STAGES),
    `WORKDIR ${random.pick(['/app', '/srv'])}`,
    'COPY packages/db/package.json ./packages/db/',
    'COPY packages/db/dist ./packages/db/dist',
    // On top of other links, COPY of a whole stage is no valid image.
    ...(whole ? ['COPY --from=build /app ./'] : TAKEN.filter(() => random.chance(0.5))),
  ];
  const dockerfile = lines.join('\n');
  const folder = {
    root: 'node_modules/driver',
    beside: 'packages/db/node_modules/driver',
    store: 'node_modules/.store/driver/node_modules/driver',
  }[layout];
  const manifest = { name: '@acme/db', private: true, main: 'dist/main.js', [field]: { driver: '1' } };
  using workspace = writeWorkspace(
    new Map([
      ['package.json', '{ "private": true, "workspaces": ["packages/*"] }'],
      ['packages/db/package.json', JSON.stringify(manifest)],
      ['packages/db/src/main.js', 'require("driver").up;'],
      ['packages/db/dist/main.js', 'require("driver").up;'],
      ['packages/db/Dockerfile', dockerfile],
      [`${folder}/package.json`, '{ "name": "driver", "version": "1.0.0", "main": "index.js" }'],
      [`${folder}/index.js`, 'exports.up = 1;'],
      ['store/note.txt', ''],
      ['.dockerignore', '**/node_modules'],
    ]),
  );
  if (layout === 'store') {
    const link = join(workspace.root, 'packages/db/node_modules/driver');
    mkdirSync(dirname(link), { recursive: true });
    symlinkSync('../../../node_modules/.store/driver/node_modules/driver', link);
  }
  const findings = checkAll(workspace.root, {
    dockerfile: [{ file: 'packages/db/Dockerfile' }],
    dependents: false,
  }).flatMap((report) => report.findings);
  const found = findings.some(({ code, severity, message }) => {
    return code === 'VE307' && severity === 'error' && message.includes('the package "driver"');
  });
  using image = buildImage(workspace.root, dockerfile, '**/node_modules');
  const workdir = lines.findLast((line) => line.startsWith('WORKDIR'))!.split(' ')[1]!;
  const main = join(image.root, workdir, 'packages/db/dist/main.js');
  const { status, stderr } = spawnSync(process.execPath, [main], { encoding: 'utf8' });
  return {
    found,
    fails: status !== 0,
    built: image.succeeded,
    stderr,
    given: `${layout} ${field}\n${dockerfile}`,
  };
}

describe('an image without an installed package', () => {
  const outcomes = Array.from({ length: 120 }, (_, seed) => outcomeOf(seed));

  it.each(outcomes.map((outcome, seed) => [seed, outcome] as const))(
    'has a finding exactly if Node misses the package in it, seed %i',
    (_, { found, fails, built, stderr, given }) => {
      if (fails && built) expect(stderr, given).toMatch(/Cannot find module 'driver'/);
      // A COPY of a folder that does not exist ends the build.
      if (built) expect(found, `${given}\n${stderr}`).toBe(fails);
    },
  );

  it('has a finding for some seeds, and none for others', () => {
    const built = outcomes.filter((outcome) => outcome.built);
    expect(built.filter(({ found }) => found).length).toBeGreaterThan(10);
    expect(built.filter(({ found }) => !found).length).toBeGreaterThan(10);
  });
});
