import { describe, expect, it } from 'vitest';
import { outerConfigs } from './outer-configs';

const outer = (root: string, files: Readonly<Record<string, object | string>>): readonly string[] =>
  outerConfigs(root, (file) => {
    const content = files[file];
    return content === undefined || typeof content === 'string' ? content : JSON.stringify(content);
  });

describe('outerConfigs', () => {
  it('leaves out what Nx hashes and what is inside the project', () => {
    const files = {
      'tsconfig.base.json': {},
      'libs/a/tsconfig.json': { extends: '../../tsconfig.base.json' },
      'libs/a/tsconfig.lib.json': { extends: './tsconfig.json' },
    };
    expect(outer('libs/a', files)).toEqual([]);
  });

  it('follows extends: one or several, with and without extension, in cycles, with comments', () => {
    const files = {
      'tsconfig.base.json': { extends: './config/paths.json' },
      'config/paths.json': { extends: '../tsconfig.base.json' },
      'config/strict.json': {},
      'tsconfig.node.json': {},
      'libs/a/tsconfig.lib.json':
        '{ // comment\n "extends": ["../../config/strict", "../../tsconfig.node.json", "@acme/config", "../../../up.json"], }',
    };
    expect(outer('libs/a', files)).toEqual(['config/paths.json', 'config/strict.json', 'tsconfig.node.json']);
  });

  it('uses the nearest folder above if the project has no configuration', () => {
    const files = { 'tsconfig.base.json': {}, 'tsconfig.json': {}, 'libs/tsconfig.json': {} };
    expect(outer('libs/a', files)).toEqual(['libs/tsconfig.json', 'tsconfig.json']);
    expect(outer('apps/b', files)).toEqual(['tsconfig.json']);
  });

  it('finds nothing without TypeScript, and nothing outside a project at the root', () => {
    expect(outer('packages/a', {})).toEqual([]);
    expect(
      outer('.', {
        'tsconfig.base.json': {},
        'tsconfig.json': { extends: './config/x.json' },
        'config/x.json': {},
      }),
    ).toEqual([]);
  });
});
