import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parseTextFiles, writeWorkspace } from '../../test/text-workspace.js';
import type { NameKind, PackageSurface } from '../model/package-surface.js';
import { openRun } from '../session.js';
import { viewOf } from '../workspace-view.js';
import { compareSurfaces } from './compare-surfaces.js';
import { surfaceOf } from './surface-comparison.js';
import { parseSurface, renderSurface } from './surface-file.js';

const KINDS: readonly NameKind[] = [
  'function',
  'class',
  'object',
  'const',
  'enum',
  'namespace',
  'type',
  'value',
];
const word = fc.stringMatching(/^[a-z@][a-z0-9/._-]{0,8}$/);
const consumers = fc.subarray(['import', 'require', 'types', 'browser']);
const surfaces: fc.Arbitrary<PackageSurface> = fc.record({
  package: fc.constant('@acme/kit'),
  version: fc.constantFrom('1.2.0', '0.1.0-beta.1'),
  engines: fc.dictionary(word, fc.constantFrom('>=18', '^20 || >=22'), { noNullPrototype: true }),
  peers: fc.dictionary(
    word,
    fc.oneof(
      fc.record({ range: fc.constantFrom('*', '^18.0.0 || ^19') }),
      fc.record({ range: fc.constant('>=1'), optional: fc.constant(true as const) }),
    ),
    { noNullPrototype: true },
  ),
  entries: fc.uniqueArray(
    fc.record(
      {
        subpath: fc.oneof(
          fc.constant('.'),
          fc.string({ minLength: 1, unit: 'binary' }).map((text) => `./${text}`),
        ),
        consumers,
        names: fc.uniqueArray(
          fc.record(
            {
              name: fc.oneof(word, fc.string({ unit: 'binary' })),
              kind: fc.constantFrom(...KINDS),
              missingFor: consumers.filter((list) => list.length > 0),
            },
            { requiredKeys: ['name', 'kind'] },
          ),
          { selector: ({ name }) => name },
        ),
        open: fc.constant(true as const),
      },
      { requiredKeys: ['subpath', 'consumers', 'names'] },
    ),
    { selector: ({ subpath }) => subpath },
  ),
});

describe('a surface file', () => {
  it('reads back what was written, whatever the names are', () => {
    fc.assert(
      fc.property(surfaces, (surface) => {
        const text = renderSurface(surface);
        expect(parseSurface('x.txt', text, '@acme/kit').surface).toEqual(surface);
        expect(compareSurfaces(surface, surface)).toEqual({ changes: [], added: 0 });
      }),
    );
  });

  it('knows the place of each promise', () => {
    const text = 'version 1.2.0\npeer react ^19.0.0\n\nentry . [import]\n  a function\r\n  "b c" const\n';
    const { placeOf, surface } = parseSurface('x.txt', text, 'kit');
    const textAt = (key: Parameters<typeof placeOf>[0]) => text.slice(placeOf(key).start, placeOf(key).end);
    expect(textAt({ subpath: '.' })).toBe('entry . [import]');
    expect(textAt({ subpath: '.', name: 'b c' })).toBe('"b c" const');
    expect(textAt({ field: 'peerDependencies', name: 'react' })).toBe('peer react ^19.0.0');
    expect(surface.entries[0]!.names.map(({ name }) => name)).toEqual(['a', 'b c']);
  });

  it.each([
    '  a function\n',
    'entry .\n',
    'entry . [import]\n  a thing\n',
    'entry . [import]\n  "a function\n',
    '>>>>>>> main\n',
  ])('names the line that is not part of the format: %j', (text) => {
    expect(() => parseSurface('x.txt', `version 1.0.0\n${text}`, 'kit')).toThrow(/x\.txt has a line/);
  });
});

describe('the surface of a package', () => {
  it('has the kind of each name, the consumers of each entry point, and what a consumer lacks', () => {
    using workspace = writeWorkspace(
      parseTextFiles(`-- packages/kit/package.json --
{
  "name": "@acme/kit",
  "version": "1.2.0",
  "engines": { "node": ">=20", "odd": 1 },
  "peerDependencies": { "react": "^19.0.0", "vite": "*" },
  "peerDependenciesMeta": { "vite": { "optional": true } },
  "exports": {
    ".": {
      "import": { "types": "./index.d.mts", "default": "./index.mjs" },
      "require": "./index.cjs",
      "browser": "./index.mjs"
    },
    "./style.css": "./style.css",
    "./gone": "./gone.js"
  }
}
-- packages/kit/style.css --
a {}
-- packages/kit/index.cjs --
exports.run = () => {};
exports.Client = class {};
Object.defineProperty(exports, '__esModule', { value: true });
-- packages/kit/index.mjs --
export const run = () => {};
export class Client {}
export const settings = { a: 1 };
export const Level = { low: 0 };
export * as tools from './tools.mjs';
export default function () {}
-- packages/kit/tools.mjs --
export const a = 1;
-- packages/kit/index.d.mts --
export declare const run: () => void;
export declare class Client {}
export declare const settings: { a: number };
export declare enum Level { low }
export * as tools from './tools.mjs';
export interface Options { a: 1 }
export type Mode = 'a';
export default function (): void;
-- packages/kit/tools.d.mts --
export declare const a = 1;
`),
    );
    const run = openRun({ root: workspace.root });
    const surface = surfaceOf(viewOf(run, { conditions: [] }), run.packageOf('@acme/kit')!);
    expect(renderSurface(surface).split('\n').slice(3).join('\n')).toBe(`version 1.2.0
engines node >=20
peer react ^19.0.0
peer vite * (optional)

entry . [browser import require types]
  Client class
  Level enum (not require)
  Mode type
  Options type
  default function (not require)
  run function
  settings object (not require)
  tools namespace (not require)

entry ./style.css [import require]
`);
  });
});

describe('comparing surfaces', () => {
  const kit = (...names: readonly (readonly [string, NameKind])[]): PackageSurface => ({
    package: 'kit',
    engines: {},
    peers: {},
    entries: [{ subpath: '.', consumers: ['import'], names: names.map(([name, kind]) => ({ name, kind })) }],
  });

  it.each<readonly [NameKind, NameKind, boolean]>([
    ['function', 'class', true],
    ['class', 'function', true],
    ['function', 'object', true],
    ['function', 'const', false],
    ['class', 'const', false],
    ['object', 'type', true],
    ['type', 'class', false],
    ['type', 'enum', false],
    ['type', 'function', true],
    ['const', 'object', false],
    ['value', 'type', true],
    ['enum', 'object', true],
  ])('a %s that becomes a %s breaks consumers: %s', (was, is, breaks) => {
    const { changes } = compareSurfaces(kit(['a', was]), kit(['a', is]));
    expect(changes).toEqual(breaks ? [{ kind: 'changed-kind', subpath: '.', name: 'a', was, is }] : []);
  });

  it('counts what is new', () => {
    expect(compareSurfaces(kit(['a', 'const']), kit(['a', 'const'], ['b', 'type'])).added).toBe(1);
  });
});
