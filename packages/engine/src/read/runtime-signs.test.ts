import { describe, expect, it } from 'vitest';
import { parseTextFiles, writeWorkspace } from '../../test/text-workspace.js';
import type { ProjectInput } from '../model/workspace.js';
import { Disk } from './disk.js';
import { readWorkspace } from './read-workspace.js';
import { runtimeSignsOf, runtimesFrom } from './runtime-signs.js';

/** Reads the package in packages/a of a workspace. */
function inspect(text: string, project: Partial<ProjectInput> = {}) {
  using workspace = writeWorkspace(parseTextFiles(text));
  const disk = new Disk(workspace.root);
  const input = { name: 'a', root: 'packages/a', outputs: ['packages/a/dist'], ...project };
  const pkg = readWorkspace(disk, { root: workspace.root, projects: [input] }).packages[0]!;
  const signs = runtimeSignsOf(disk, pkg);
  return { signs, ...runtimesFrom(signs), publication: pkg.publication };
}

const manifest = (json: object): string =>
  `-- packages/a/package.json --\n${JSON.stringify({ name: '@acme/a', ...json })}\n`;
const NODE = { node: true, browser: false };
const BROWSER = { node: false, browser: true };
const NEITHER = { node: false, browser: false };
const BOTH = { node: true, browser: true };

describe('the runtimes of a package', () => {
  it.each<[string, string, object]>([
    ['a start script that runs the output', manifest({ scripts: { start: 'node dist/main.js' } }), NODE],
    [
      'flags before the file',
      manifest({
        scripts: { start: 'NODE_ENV=production node --enable-source-maps -r dotenv/config dist/main' },
      }),
      NODE,
    ],
    ['a script below start', manifest({ scripts: { 'start:prod': 'nodemon ./dist/main.js' } }), NODE],
    ['the package folder itself', manifest({ scripts: { start: 'electron .' } }), NODE],
    ['a script of the repository', manifest({ scripts: { start: 'node scripts/start.js' } }), NEITHER],
    ['a name that ends in node', manifest({ scripts: { start: 'ts-node dist/main.js' } }), NEITHER],
    ['a test script', manifest({ scripts: { test: 'node dist/main.js' } }), NEITHER],
    [
      'a build for Node',
      manifest({ scripts: { build: 'esbuild src/main.ts --bundle --platform=node' } }),
      NODE,
    ],
    [
      'a command',
      `${manifest({ bin: 'dist/cli.js' })}-- packages/a/dist/cli.js --\n#!/usr/bin/env node\n`,
      NODE,
    ],
    ['a range of Node versions', manifest({ engines: { node: '>=20' } }), NODE],
    [
      'a range of Node versions beside a page',
      `${manifest({ engines: { node: '>=20' } })}-- packages/a/index.html --\n<html></html>\n`,
      BROWSER,
    ],
    ['a list of browsers', manifest({ browserslist: ['defaults'] }), BROWSER],
    [
      'a list of browsers beside a start script',
      manifest({ browserslist: ['defaults'], scripts: { start: 'node dist/main.js' } }),
      NODE,
    ],
    ['a page', `${manifest({})}-- packages/a/index.html --\n<html></html>\n`, BROWSER],
    [
      'its own Dockerfile',
      `${manifest({})}-- packages/a/Dockerfile --\nFROM node:22\nCMD ["node", "main.js"]\n`,
      NODE,
    ],
    [
      'a Dockerfile that serves files',
      `${manifest({})}-- packages/a/Dockerfile --\nFROM node:22 AS build\nCMD ["node", "x"]\nFROM nginx\nCMD ["nginx"]\n`,
      NEITHER,
    ],
    [
      'a Dockerfile of the workspace that names its output',
      `${manifest({})}-- Dockerfile --\nFROM node:22\nCMD node packages/a/dist/main.js\n`,
      NODE,
    ],
    [
      'a Dockerfile of the workspace that starts another package',
      `${manifest({})}-- Dockerfile --\nFROM node:22\nCMD node packages/b/dist/main.js\n`,
      NEITHER,
    ],
    [
      'a build configuration for Node',
      `${manifest({})}-- packages/a/webpack.config.js --\nmodule.exports = { target: 'node' };\n`,
      NODE,
    ],
    [
      'a build configuration for Node in a comment',
      `${manifest({})}-- packages/a/webpack.config.js --\n// target: 'node'\nmodule.exports = {};\n`,
      NEITHER,
    ],
    [
      'a framework with a server',
      `${manifest({})}-- packages/a/next.config.mjs --\nexport default {};\n`,
      BOTH,
    ],
    [
      'types of the browser alone',
      `${manifest({})}-- packages/a/tsconfig.json --\n{ "compilerOptions": { "lib": ["es2023", "dom"], "types": [] } }\n`,
      BROWSER,
    ],
    [
      'types of the browser and of Node',
      `${manifest({})}-- packages/a/tsconfig.json --\n{ "compilerOptions": { "lib": ["dom"], "types": ["node"] } }\n`,
      NEITHER,
    ],
  ])('follow from %s', (_, text, expected) => {
    const { node, browser } = inspect(text);
    expect({ node, browser }).toEqual(expected);
  });

  it('name the fact and its place', () => {
    const { signs } = inspect(manifest({ scripts: { start: 'node dist/main.js' } }));
    expect(signs).toMatchObject([
      {
        reason: 'script "start" of packages/a/package.json: node dist/main.js',
        place: { file: 'packages/a/package.json' },
      },
    ]);
  });
});

describe('the publication of a package', () => {
  it.each<[string, string, Partial<ProjectInput>, boolean, string]>([
    ['a plain manifest', manifest({}), {}, true, 'does not say "private": true'],
    [
      'a private manifest',
      manifest({ private: true }),
      {},
      false,
      'packages/a/package.json says "private": true',
    ],
    [
      'a manifest that only the build writes',
      '-- packages/a/dist/package.json --\n{ "name": "@acme/a" }\n',
      {},
      false,
      'its source folder has no package.json',
    ],
    [
      'a manifest that the build writes for npm',
      '-- packages/a/dist/package.json --\n{ "name": "@acme/a", "files": ["*.js"] }\n',
      {},
      true,
      'packages/a/dist/package.json',
    ],
    ['a manifest without a name', '-- packages/a/package.json --\n{}\n', {}, false, 'has no "name"'],
    [
      'a package that the release leaves out',
      manifest({}),
      { release: { published: false, reason: 'nx.json' } },
      false,
      'nx.json',
    ],
    [
      'a package that changesets ignore',
      `${manifest({})}-- .changeset/config.json --\n{ "ignore": ["@acme/*"] }\n`,
      {},
      false,
      '.changeset/config.json ignores it',
    ],
    [
      'a package beside those that changesets ignore',
      `${manifest({})}-- .changeset/config.json --\n{ "ignore": ["@acme/b"] }\n`,
      {},
      true,
      'does not say',
    ],
    [
      'a package outside of the folders of lerna',
      `${manifest({})}-- lerna.json --\n{ "packages": ["libs/*"] }\n`,
      {},
      false,
      'of lerna.json does not list it',
    ],
    [
      'a package in the folders of lerna',
      `${manifest({})}-- lerna.json --\n{ "packages": ["packages/*"] }\n`,
      {},
      true,
      'does not say',
    ],
  ])('follows from %s', (_, text, project, published, reason) => {
    const { publication } = inspect(text, project);
    expect(publication.published).toBe(published);
    expect(publication.reason).toContain(reason);
  });
});
