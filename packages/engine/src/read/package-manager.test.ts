import { describe, expect, it } from 'vitest';
import { writeWorkspace } from '../../test/text-workspace.js';
import { Disk } from './disk.js';
import { knownPackageManager, packageManagerOf } from './package-manager.js';
import { readWorkspace } from './read-workspace.js';

function managerIn(packageManager: string | undefined, files: readonly string[]) {
  const manifest = JSON.stringify({ private: true, packageManager });
  const texts = [['package.json', manifest], ...files.map((file) => [file, ''])] as [string, string][];
  using workspace = writeWorkspace(new Map(texts));
  const disk = new Disk(workspace.root);
  const read = readWorkspace(disk, { root: workspace.root });
  return { known: knownPackageManager(disk, read), name: packageManagerOf(disk, read) };
}

describe('the package manager of a workspace', () => {
  it.each([
    ['pnpm@10.1.0+sha512.abc', ['yarn.lock'], { name: 'pnpm', major: 10 }],
    ['yarn@1.22.22', [], { name: 'yarn', major: 1 }],
    ['npm', [], { name: 'npm' }],
    ['pnpm@latest', [], { name: 'pnpm' }],
    ['pnpmx@1.0.0', ['yarn.lock'], { name: 'yarn' }],
    [undefined, ['pnpm-workspace.yaml'], { name: 'pnpm' }],
    [undefined, ['bun.lockb'], { name: 'bun' }],
    [undefined, ['package-lock.json'], { name: 'npm' }],
  ])('with packageManager %s and the files %j is %j', (stated, files, expected) => {
    expect(managerIn(stated, files)).toEqual({ known: expected, name: expected.name });
  });

  it('counts as npm if nothing says which one it is', () => {
    expect(managerIn(undefined, [])).toEqual({ known: undefined, name: 'npm' });
  });
});
