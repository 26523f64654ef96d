import { describe, expect, it } from 'vitest';
import { writeWorkspace } from '../../test/text-workspace.js';
import { Disk } from './disk.js';
import { readPathAliases } from './read-path-aliases.js';
import type { PathAliases } from './read-path-aliases.js';

function read(files: Readonly<Record<string, unknown>>): PathAliases {
  const texts = Object.entries(files).map(
    ([path, value]) => [path, typeof value === 'string' ? value : JSON.stringify(value)] as const,
  );
  using workspace = writeWorkspace(new Map(texts));
  return readPathAliases(new Disk(workspace.root));
}

describe('readPathAliases', () => {
  it('reads the base config through extends and baseUrl, relative to the workspace', () => {
    const base =
      '{ // comment\n "compilerOptions": { "paths": { "@x/a": ["../libs/a/src/index.ts"], "@x/*": ["../libs/*/src"], } } }';
    const { aliases, problems } = read({
      'config/base.json': base,
      'tsconfig.base.json': { extends: './config/base' },
    });
    expect(problems).toEqual([]);
    expect(aliases).toEqual([
      {
        pattern: '@x/a',
        targets: ['libs/a/src/index.ts'],
        place: { file: 'config/base.json', start: base.indexOf('"@x/a"'), end: base.indexOf('"@x/a"') + 6 },
      },
      {
        pattern: '@x/*',
        targets: ['libs/*/src'],
        place: expect.objectContaining({ file: 'config/base.json' }),
      },
    ]);
    const based = read({
      'tsconfig.base.json': {},
      'tsconfig.json': { compilerOptions: { baseUrl: 'libs', paths: { a: ['a/x.ts', './b'] } } },
    });
    expect(based.aliases).toMatchObject([{ pattern: 'a', targets: ['libs/a/x.ts', 'libs/b'] }]);
  });

  it.each([
    ['{ "compilerOptions": {', { line: 1 }],
    [{ extends: './absent.json' }, {}],
    [{ compilerOptions: { paths: { a: 'b' } } }, {}],
  ])('reports a problem if the config is invalid: %j', (config, where) => {
    const { problems, aliases } = read({ 'tsconfig.json': config });
    expect(aliases).toEqual([]);
    expect(problems).toMatchObject([{ kind: 'invalid-tsconfig', file: 'tsconfig.json', ...where }]);
  });
});
