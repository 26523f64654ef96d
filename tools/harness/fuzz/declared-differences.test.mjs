import { describe, expect, it } from 'vitest';
import { openEngine } from './open-engine.mjs';
import { DECLARED_DIFFERENCES } from './declared-differences.mjs';
import { checkBatch } from './check-batch.mjs';
import { makeProbe } from './probes.mjs';

/**
 * For each declared difference: a workspace in which it occurs, imports that it covers, and other imports that it must not cover.
 * The harness must notice inverted answers to the other imports.
 */
const CASES = [
  {
    about: 'cycle',
    files: {
      'index.js': ["import { a } from './one.js'; export { a };"],
      'one.js': ['export const a = 1;', "export * from './two.js';", "export * from './three.js';"],
      'two.js': ['export const b = 1;'],
      'three.js': ["import { b } from './one.js'; export { b };"],
    },
    covered: [{ form: 'named', name: 'a' }],
    beside: [{ form: 'named', name: 'lost' }],
  },
  {
    about: 'type-only star',
    files: {
      'index.d.ts': ["export type * from './one.js';", "export * from './two.js';"],
      'one.d.ts': ['declare namespace l { const v: string; interface v {} }', 'export import a = l.v;'],
      'two.d.ts': ['declare namespace l { const v: string; interface v {} }', 'export import b = l.v;'],
      'index.js': ['export {};'],
    },
    covered: [{ form: 'typescript-named', name: 'a' }],
    beside: [
      { form: 'typescript-named', name: 'b' },
      { form: 'typescript-named', name: 'lost' },
    ],
  },
  {
    about: 'without declarations',
    files: { 'index.js': ['export const a = 1;'] },
    covered: [
      { form: 'typescript-named', name: 'a' },
      { form: 'type-named', name: 'a' },
    ],
    beside: [
      { form: 'typescript-named', name: 'lost' },
      { form: 'type-named', name: 'a', subpath: '/lost' },
    ],
  },
  {
    about: 'declarations that export a name they do not declare',
    files: {
      'index.d.ts': ['export { a };', 'export declare const b: 1;'],
      'index.js': ['export const a = 1, b = 1;'],
    },
    covered: [{ form: 'type-named', name: 'a' }],
    beside: [{ form: 'type-named', name: 'lost' }],
  },
  {
    about: 'a `#name`',
    files: { 'index.js': ["import { x } from '#nowhere';", 'export const a = x;'] },
    covered: [{ form: 'named', name: 'a' }],
    beside: [{ form: 'named', name: 'lost' }],
  },
  {
    about: 'set to `void 0`',
    type: 'commonjs',
    files: {
      'index.js': ['exports.a = void 0;', 'exports.b = void 0;', "exports.b = require('./one.js').b;"],
      'one.js': ['exports.c = 1;'],
    },
    covered: [{ form: 'require-member', name: 'a' }],
    beside: [
      { form: 'require-member', name: 'b' },
      { form: 'require-member', name: 'lost' },
    ],
  },
  {
    about: 'given twice',
    type: 'commonjs',
    files: {
      'index.js': [
        'exports.a = 1;',
        "exports.a = require('./one.js').a;",
        "exports.b = require('./one.js').b;",
        "exports.b = require('./one.js').d;",
      ],
      'one.js': ['exports.c = 1;'],
    },
    covered: [{ form: 'require-member', name: 'a' }],
    beside: [
      { form: 'require-member', name: 'b' },
      { form: 'require-member', name: 'lost' },
    ],
  },
  {
    about: 'members of an object',
    files: {
      'index.js': [
        "export * as part from './one.js';",
        "export const a = 'part';",
        'export const b = { part: 1 };',
      ],
      'one.js': ['export const c = 1;'],
    },
    covered: [
      { form: 'named-member', name: 'a', inner: 'lost' },
      { form: 'member-member', name: 'b', inner: 'lost' },
    ],
    beside: [{ form: 'named-member', name: 'part', inner: 'lost' }],
  },
  {
    about: 'only bundlers and require see the name',
    type: 'commonjs',
    files: { 'index.js': ['Object.assign(exports, { a: 1 });', 'exports.b = 1;'] },
    covered: [{ form: 'named', name: 'a' }],
    beside: [
      { form: 'named', name: 'b' },
      { form: 'named', name: 'lost' },
      { form: 'require-member', name: 'lost' },
    ],
  },
  {
    about: 'as planted',
    type: 'commonjs',
    opaque: true,
    files: {
      'index.js': ["module.exports = Object.fromEntries([...'a'].map((name) => [name, 1]));"],
      'sound.js': ['exports.b = 1;'],
    },
    covered: [{ form: 'require-member', name: 'a' }],
    beside: [
      { form: 'require-member', name: 'b', subpath: '/sound' },
      { form: 'require-member', name: 'lost', subpath: '/sound' },
    ],
  },
];

describe('declared differences', () => {
  it('have one case each', () => {
    for (const { name } of DECLARED_DIFFERENCES)
      expect(CASES.filter(({ about }) => name.includes(about)).map(({ about }) => about)).toHaveLength(1);
  });

  it('cover what their sentences say, and nothing else', async () => {
    const checked = await checkBatch(await openEngine(), CASES.map(workspaceOf));
    for (const [at, { about, covered }] of CASES.entries()) {
      const { differences, tally, flips } = checked[at];
      expect(differences, about).toEqual([]);
      const [{ name }] = DECLARED_DIFFERENCES.filter((declared) => declared.name.includes(about));
      expect(tally[`declared: ${name}`] ?? 0, about).toBe(covered.length);
      const isBeside = ({ probe }) => Number(/\d+/.exec(probe.path)?.[0]) >= covered.length;
      expect(flips.filter(isBeside).length, about).toBeGreaterThan(0);
      expect(
        flips.filter((flip) => isBeside(flip) && flip.swallowed !== undefined),
        about,
      ).toEqual([]);
    }
  });
});

function workspaceOf({ files, type = 'module', opaque = false, covered, beside }) {
  const declared = 'index.d.ts' in files && { types: './dist/index.d.ts' };
  const manifest = {
    name: '@w/base',
    type,
    exports: { '.': { ...declared, default: './dist/index.js' }, './sound': './dist/sound.js' },
  };
  return {
    flavour: 'written',
    seed: 0,
    modules: Object.entries(files).map(([path, chunks]) => ({ path: `packages/base/dist/${path}`, chunks })),
    manifests: [
      { path: 'packages/base/package.json', json: manifest },
      {
        path: 'packages/app/package.json',
        json: { name: '@w/app', private: true, dependencies: { '@w/base': '*' } },
      },
    ],
    probes: [...covered, ...beside].map(({ subpath = '', ...requested }, index) =>
      makeProbe({ ...requested, index, specifier: `@w/base${subpath}` }),
    ),
    opaque,
  };
}
