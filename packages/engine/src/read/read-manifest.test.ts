import { describe, expect, it } from 'vitest';
import { writeWorkspace } from '../../test/text-workspace.js';
import type { Problem } from '../model/problem.js';
import { isVerifyError } from '../model/problem.js';
import type { Manifest } from '../model/workspace.js';
import { Disk } from './disk.js';
import { locateInManifest } from './locate-in-manifest.js';
import { readManifest } from './read-manifest.js';
import { textPosition } from './text-position.js';

function read(text: string): Manifest | Problem | undefined {
  using workspace = writeWorkspace(new Map([['p/package.json', text]]));
  try {
    return readManifest(new Disk(workspace.root), 'p/package.json');
  } catch (error) {
    if (isVerifyError(error)) return error.problem;
    throw error;
  }
}

const readGood = (text: string): Manifest => read(text) as Manifest;

describe('readManifest', () => {
  it('reads everything that Node reads, including a byte order mark', () => {
    expect(readGood('\uFEFF{ "name": "a" }').json).toEqual({ name: 'a' });
    expect(readGood('{ "exports": null, "main": 3, "type": "odd" }').json.exports).toBeNull();
    using workspace = writeWorkspace(new Map());
    expect(readManifest(new Disk(workspace.root), 'p/package.json')).toBeUndefined();
  });

  it.each([
    ['{\n  "name": "a",\n}', 'invalid-manifest', 3, 1],
    ['{\n  "name": "a" "b"\n}', 'invalid-manifest', 2, 15],
    ['', 'invalid-manifest', 1, 1],
    ['{', 'invalid-manifest', 1, 2],
    ['{ // no\n}', 'invalid-manifest', 1, 3],
    ['[]', 'invalid-manifest', 1, 1],
    ['"a"', 'invalid-manifest', 1, 1],
    ['{\r\n  "name": 3 }', 'invalid-manifest', 2, 11],
    ['\uFEFF{ "name": 3 }', 'invalid-manifest', 1, 11],
    ['{ "dependencies": { "a": 1 } }', 'invalid-manifest', 1, 19],
    ['{ "publishConfig": [] }', 'invalid-manifest', 1, 20],
    ['{ "exports": 3 }', 'invalid-exports', 1, 14],
    ['{ "exports": { ".": "./a.js", "import": "./b.js" } }', 'invalid-exports', 1, 41],
    ['{ "exports": { "/x": "./a.js" } }', 'invalid-exports', 1, 22],
    ['{ "exports": { ".": { "0": "./a.js" } } }', 'invalid-exports', 1, 28],
    ['{ "exports": { ".": [{ "1": "./a.js" }] } }', 'invalid-exports', 1, 29],
  ])('rejects %j', (text, kind, line, column) => {
    expect(read(text)).toMatchObject({ kind, file: 'p/package.json', line, column });
    const { message, remedy } = read(text) as Problem;
    expect(message).toMatch(/p\/package\.json.*\.$/);
    expect(message).not.toMatch(/\bposition\b|\n/);
    expect(remedy).not.toBe('');
  });

  it('reports errors as facts with a remedy', () => {
    expect(read('{ "name": "a", }')).toMatchObject({
      message: 'p/package.json is not valid JSON: expected double-quoted property name.',
    });
    expect(read('{ "exports": { ".": "./a.js", "import": "./b.js" } }')).toMatchObject({
      message: '"exports" of p/package.json mixes subpaths (".") with conditions ("import").',
      remedy: 'Move the conditions into ".": { ".": { "import": … } }.',
    });
  });
});

describe('locateInManifest', () => {
  const textAt = (manifest: Manifest, path: (string | number)[], which: 'key' | 'value'): string => {
    const { start, end } = locateInManifest(manifest, path, which);
    return manifest.text.slice(start, end);
  };

  it('finds keys, values and array elements, or else the deepest existing part', () => {
    const manifest = readGood('\uFEFF{ "exports": { ".": { "import": ["./a.js", "./b.js"] } } }');
    expect(textAt(manifest, ['exports', '.', 'import'], 'key')).toBe('"import"');
    expect(textAt(manifest, ['exports', '.', 'import', 1], 'value')).toBe('"./b.js"');
    expect(textAt(manifest, ['exports', './x', 'y'], 'key')).toBe('"exports"');
    expect(textAt(manifest, ['nothing'], 'key')).toMatch(/^\{.*\}$/);
  });

  it('finds fields that publishConfig replaced at their own place', () => {
    const source = readGood(
      '{ "main": "a.js", "types": "t", "publishConfig": { "main": "b.js", "types": "t" } }',
    );
    const merged = { ...source, json: { ...source.json, ...source.json.publishConfig } } as Manifest;
    expect(textAt(merged, ['main'], 'value')).toBe('"b.js"');
    expect(textAt(source, ['main'], 'value')).toBe('"a.js"');
    expect(locateInManifest(merged, ['types'], 'value').start).toBe(source.text.indexOf('"t"'));
  });
});

it('textPosition counts from 1, in UTF-16 units, past any line ending', () => {
  const text = '\uFEFFa\r\n😀b\rc\nd';
  expect([...'abcd'].map((letter) => textPosition(text, text.indexOf(letter)))).toEqual([
    { line: 1, column: 1 },
    { line: 2, column: 3 },
    { line: 3, column: 1 },
    { line: 4, column: 1 },
  ]);
});
