import { describe, expect, it } from 'vitest';
import { writeWorkspace } from '../../test/text-workspace.js';
import { Disk } from './disk.js';
import { nearestInstalled } from './nearest-installed.js';

const FILES = new Map([
  ['node_modules/far/package.json', '{}'],
  ['node_modules/both/package.json', '{}'],
  ['packages/a/node_modules/both/package.json', '{}'],
  ['packages/a/node_modules/@scope/near/package.json', '{}'],
  ['packages/a/node_modules/file', ''],
  ['node_modules/file/package.json', '{}'],
  ['packages/a/src/deep/index.js', ''],
]);

describe('nearestInstalled', () => {
  it.each([
    ['packages/a/src/deep', 'both', 'packages/a/node_modules/both'],
    ['packages/a', '@scope/near', 'packages/a/node_modules/@scope/near'],
    ['packages/a/src', 'far', 'node_modules/far'],
    ['packages/a/node_modules', 'both', 'packages/a/node_modules/both'],
    ['packages/b', '@scope/near', undefined],
    ['.', 'both', 'node_modules/both'],
    ['packages/a', 'file', 'node_modules/file'],
  ])('from %s finds %s at %s', (start, name, expected) => {
    using workspace = writeWorkspace(FILES);
    expect(nearestInstalled(new Disk(workspace.root), start, name)).toBe(expected);
  });
});
