import { createTwoFilesPatch } from 'diff';

const PAINT: Readonly<Record<string, readonly [number, number]>> = {
  '+': [32, 39],
  '-': [31, 39],
  '@': [36, 39],
};

/** The change of a file as a unified diff, with three lines around each place. */
export function renderDiff(
  { file, before, after }: { readonly file: string; readonly before: string; readonly after: string },
  color: boolean,
): string {
  const patch = createTwoFilesPatch(`a/${file}`, `b/${file}`, before, after, undefined, undefined, {
    context: 3,
  });
  // The first line is only a separator.
  const lines = patch.trimEnd().split('\n').slice(1);
  return lines.map((line) => (color ? painted(line) : line)).join('\n');
}

function painted(line: string): string {
  const codes = /^(?:---|\+\+\+) /.test(line) ? ([1, 22] as const) : PAINT[line[0] ?? ''];
  return codes ? `\u001B[${codes[0]}m${line}\u001B[${codes[1]}m` : line;
}
