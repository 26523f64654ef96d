import { expect, it } from 'vitest';
import { applyEdits } from '../fix/apply-edits.js';
import { setProperty } from './set-property.js';

it.each([
  [
    'the last of two equal keys, which is the one that counts',
    '{ "dependencies": "", "dependencies": { "b": "1" } }',
    ['dependencies', 'c'],
    '*',
    '{ "dependencies": "", "dependencies": { "b": "1", "c": "*" } }',
  ],
  [
    'the last of two equal keys, which is no object',
    '{ "dependencies": { "b": "1" }, "dependencies": "" }',
    ['dependencies', 'c'],
    '*',
    '{ "dependencies": { "b": "1" }, "dependencies": {\n  "c": "*"\n} }',
  ],
  [
    'a value that is no object',
    '{\n  "dependencies": null\n}\n',
    ['dependencies', 'c'],
    '*',
    '{\n  "dependencies": { "c": "*" }\n}\n',
  ],
  [
    'a list of entries, sorted',
    '{\n  "name": "a",\n  "nx": { "x": ["y"] },\n  "dependencies": {\n    "b": "1",\n    "d": "1"\n  }\n}\n',
    ['dependencies', 'c'],
    '*',
    '{\n  "name": "a",\n  "nx": { "x": ["y"] },\n  "dependencies": {\n    "b": "1",\n    "c": "*",\n    "d": "1"\n  }\n}\n',
  ],
  [
    'unsorted',
    '{\n  "dependencies": {\n    "d": "1",\n    "b": "1"\n  }\n}',
    ['dependencies', 'c'],
    '*',
    '{\n  "dependencies": {\n    "d": "1",\n    "b": "1",\n    "c": "*"\n  }\n}',
  ],
  [
    'no object yet, behind one on one line',
    '{\n\t"nx": { "x": ["y"] }\n}\n',
    ['dependencies', 'c'],
    '*',
    '{\n\t"nx": { "x": ["y"] },\n\t"dependencies": {\n\t\t"c": "*"\n\t}\n}\n',
  ],
  [
    'an object on one line',
    '{\n  "exports": { ".": "./a.js" },\n  "x": 1\n}\n',
    ['exports', './b'],
    { types: './b.d.ts', default: './b.js' },
    '{\n  "exports": { ".": "./a.js", "./b": { "types": "./b.d.ts", "default": "./b.js" } },\n  "x": 1\n}\n',
  ],
  [
    'subpaths, whose order stays',
    '{\n  "exports": {\n    ".": "./a.js",\n    "./z": "./z.js"\n  }\n}\n',
    ['exports', './b'],
    './b.js',
    '{\n  "exports": {\n    ".": "./a.js",\n    "./z": "./z.js",\n    "./b": "./b.js"\n  }\n}\n',
  ],
  [
    'an empty object, CRLF',
    '{\r\n  "dependencies": {}\r\n}\r\n',
    ['dependencies', 'c'],
    '*',
    '{\r\n  "dependencies": {\r\n    "c": "*"\r\n  }\r\n}\r\n',
  ],
  [
    'a manifest on one line',
    '{ "name": "a" }',
    ['dependencies', 'c'],
    '*',
    '{ "name": "a", "dependencies": { "c": "*" } }',
  ],
  ['a value that is there', '{\n  "a": { "b": "1" }\n}', ['a', 'b'], '2', '{\n  "a": { "b": "2" }\n}'],
  ['a value that goes', '{\n  "a": 1,\n  "b": 2\n}', ['b'], undefined, '{\n  "a": 1\n}'],
])('writes only the entry: %s', (_, text, path, value, after) => {
  expect(applyEdits(text, setProperty({ file: 'package.json', text }, path, value))).toBe(after);
});
