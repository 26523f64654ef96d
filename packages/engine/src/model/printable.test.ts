import { assert, property, string } from 'fast-check';
import { describe, expect, it } from 'vitest';
import { printable, printableData, printableJson } from './printable.js';

describe('printable', () => {
  it.each([
    ['a plain text, also of other languages', 'Größe 尺寸 "a/b.ts:1:2" → é', 'Größe 尺寸 "a/b.ts:1:2" → é'],
    ['a forged line', 'x\n✔ all fine', String.raw`x\n✔ all fine`],
    ['a terminal sequence', '\u001B[2Jx\u009B31m', String.raw`\u001B[2Jx\u009B31m`],
    ['a reversed name', 'admin\u202Enimda', String.raw`admin\u202Enimda`],
    ['separators of lines', 'a\u2028b\u2029c\u0085d', String.raw`a\u2028b\u2029c\u0085d`],
  ])('writes %s so that it stays on its line', (_, text, expected) => {
    expect(printable(text)).toBe(expected);
  });

  it('leaves no control character in any text', () => {
    assert(
      property(
        string({ unit: 'binary' }),
        (text) => !/[\p{Cc}\p{Zl}\p{Zp}\u202A-\u202E]/u.test(printable(text)),
      ),
    );
  });
});

describe('printableData', () => {
  it('reaches every text, and keeps everything else', () => {
    expect(printableData({ a: ['\n', 1, null, { b: '\u0007', c: true }] })).toEqual({
      a: [String.raw`\n`, 1, null, { b: String.raw`\u0007`, c: true }],
    });
  });
});

describe('printableJson', () => {
  it('escapes what a terminal would obey, and keeps the data', () => {
    const data = { name: 'a\u0007\u007F\u009B\u2028\u202E\uFEFF\uD800"\\é😀', list: ['x'] };
    const text = printableJson(JSON.stringify(data, null, 2));
    expect(text).not.toMatch(/[\u007F-\u009F\u2028-\u202E\uFEFF]/);
    expect(JSON.parse(text)).toEqual(data);
  });
});
