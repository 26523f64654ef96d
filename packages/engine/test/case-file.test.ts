import { describe, expect, it } from 'vitest';
import { parseCase, parsePageCase } from './case-file.js';

const TEXT = `A barrel forgets a name. More prose
follows.

-- packages/lib/package.json --
{ "name": "lib" }
-- packages/lib/index.js crlf --
a
b
-- packages/lib/old.js --
old
-- broken packages/lib/index.js --
a
-- broken packages/lib/old.js --
-- proof --
node packages/lib/index.js
fails with ERR_MODULE_NOT_FOUND
-- options.json --
{ "strict": true }
-- projects.json --
[{ "name": "lib", "root": "packages/lib" }]
-- expected --
VE201
`;

describe('parseCase', () => {
  const given = parseCase(TEXT);

  it('uses the first sentence of the head as the title', () => {
    expect(given.title).toBe('A barrel forgets a name.');
    expect(parseCase('No full stop\n-- a.js --\n').title).toBe('No full stop');
  });

  it('reads files with their line ends, and reserved sections apart from them', () => {
    expect([...given.files]).toEqual([
      ['packages/lib/package.json', '{ "name": "lib" }\n'],
      ['packages/lib/index.js', 'a\r\nb\r\n'],
      ['packages/lib/old.js', 'old\n'],
    ]);
    expect(given).toMatchObject({
      expected: 'VE201\n',
      options: { strict: true },
      projects: [{ name: 'lib', root: 'packages/lib' }],
    });
  });

  it('applies broken sections, and deletes a file if its section is empty', () => {
    expect([...given.broken!]).toEqual([
      ['packages/lib/package.json', '{ "name": "lib" }\n'],
      ['packages/lib/index.js', 'a\n'],
    ]);
    expect(parseCase('-- a.js --\na\n').broken).toBeUndefined();
  });

  it('reads the command of a proof and how it fails', () => {
    expect(given.proof).toEqual({
      command: 'node packages/lib/index.js',
      failure: 'ERR_MODULE_NOT_FOUND',
    });
    expect(parseCase('-- proof --\nnone\n').proof).toEqual({ command: 'none' });
  });
});

it('parsePageCase reads fenced blocks that have a path', () => {
  const page =
    '```js a.js\none\n```\n\ntext\n\n```sh\nnpx nx\n```\n\n```json options.json\n{ "strict": true }\n```\n';
  const { files, options } = parsePageCase(page);
  expect([...files]).toEqual([['a.js', 'one\n']]);
  expect(options).toEqual({ strict: true });
});
