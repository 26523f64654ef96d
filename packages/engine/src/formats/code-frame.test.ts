import { describe, expect, it } from 'vitest';
import { codeFrame } from './code-frame.js';

describe('a code frame', () => {
  it('underlines the specifier', () => {
    const text = "const a = 1;\nimport { gone } from '@acme/lib';\n";
    expect(codeFrame(text, { line: 2, column: 10, endLine: 2, endColumn: 14 }, 80)).toEqual([
      "2 | import { gone } from '@acme/lib';",
      '  |          ^^^^',
    ]);
  });

  it('marks one character if the end is unknown, and the rest of the line if it is in another line', () => {
    const text = 'import {\n  a,\n} from "x";';
    expect(codeFrame(text, { line: 2, column: 3 }, 80)[1]).toBe('  |   ^');
    expect(codeFrame(text, { line: 1, column: 8, endLine: 3, endColumn: 2 }, 80)[1]).toBe('  |        ^');
  });

  it('cuts a long line around the place', () => {
    const text = `${'x'.repeat(5000)}import("gone")${'y'.repeat(5000)}`;
    const [line, marks] = codeFrame(text, { line: 1, column: 5008, endLine: 1, endColumn: 5014 }, 80);
    expect(line).toHaveLength(80);
    expect(marks!.length).toBeLessThanOrEqual(80);
    expect(line!.slice(marks!.indexOf('^'), marks!.lastIndexOf('^') + 1)).toBe('"gone"');
  });

  it('keeps the marks in place behind tabs, and prints no control characters', () => {
    const [line, marks] = codeFrame("\t\u001B[2J import 'x';", { line: 1, column: 14, endColumn: 17 }, 80);
    expect(line).toBe("1 |   [2J import 'x';");
    expect(line!.slice(marks!.indexOf('^'))).toBe("'x';");
  });

  it('is empty for a narrow terminal, an empty line or a line that does not exist', () => {
    expect(codeFrame('import "x";', { line: 1, column: 1 }, 40)).toEqual([]);
    expect(codeFrame('\n', { line: 1, column: 1 }, 80)).toEqual([]);
    expect(codeFrame('a', { line: 7, column: 1 }, 80)).toEqual([]);
  });
});
