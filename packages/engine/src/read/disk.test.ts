import { execFileSync } from 'node:child_process';
import { chmodSync, mkdirSync, rmSync, symlinkSync } from 'node:fs';
import { join, posix, win32 } from 'node:path';
import { describe, expect, it } from 'vitest';
import { writeWorkspace } from '../../test/text-workspace.js';
import { VerifyError } from '../model/problem.js';
import { Disk } from './disk.js';
import { absoluteOf, filePathOf, folderOf, isWithin, joinPath, pathWithin } from './file-path.js';

const files = (...paths: string[]): Map<string, string> => new Map(paths.map((path) => [path, path]));

describe('file paths', () => {
  it.each([
    [posix, '/w', '/w/packages/a', 'packages/a'],
    [posix, '/w', '/w', '.'],
    [posix, '/w', '/x/y', '../x/y'],
    [posix, '/w', '/w/a\\b', 'a\\b'],
    [win32, 'C:\\w', 'C:\\w\\packages\\a', 'packages/a'],
    [win32, 'C:\\w', 'c:\\W\\packages', 'packages'],
    [win32, 'C:\\w', 'C:\\x\\y', '../x/y'],
    [win32, 'C:\\w', 'D:\\x\\y', 'D:/x/y'],
  ])('convert to FilePath and back (%#)', (style, root, absolute, file) => {
    expect(filePathOf(root, absolute, style)).toBe(file);
    expect(absoluteOf(root, file, style).toLowerCase()).toBe(style.normalize(absolute).toLowerCase());
  });

  it('give their folder and recognise files inside a folder', () => {
    expect(joinPath('.', './a/', '../b')).toBe('b');
    expect(joinPath('a', '../../x')).toBe('../x');
    expect([folderOf('a/b'), folderOf('a'), folderOf('.'), folderOf('../x'), folderOf('..')]).toEqual([
      'a',
      '.',
      undefined,
      '..',
      undefined,
    ]);
    expect([isWithin('a', 'a/b'), isWithin('a', 'ab'), isWithin('.', 'a'), isWithin('.', '../a')]).toEqual([
      true,
      false,
      true,
      false,
    ]);
    expect([pathWithin('.', 'a/b'), pathWithin('a', 'a/b'), pathWithin('a', 'a')]).toEqual(['a/b', 'b', '.']);
  });
});

describe('Disk', () => {
  it('does not wait for a pipe', () => {
    using workspace = writeWorkspace(files('a/x.js'));
    execFileSync('mkfifo', [join(workspace.root, 'a/pipe.js')]);
    const disk = new Disk(workspace.root);
    expect(disk.readText('a/pipe.js')).toBeUndefined();
    expect(disk.listFiles('a')).toEqual(['a/x.js']);
  });

  it('distinguishes missing files from unreadable ones', () => {
    using workspace = writeWorkspace(files('a/x.js'));
    const disk = new Disk(workspace.root);
    expect(disk.readText('a/x.js')).toBe('a/x.js');
    expect(disk.readText('a/y.js')).toBeUndefined();
    expect(disk.readText('a/x.js/below')).toBeUndefined();
    expect(() => disk.readText('a')).toThrow(VerifyError);
    expect(() => disk.readText('a')).toThrow(
      'a cannot be read (EISDIR). Replace the folder with a file, or remove it.',
    );
    expect(disk.reads).toBe(5);
    expect([disk.kindOf('a'), disk.kindOf('a/x.js'), disk.kindOf('b')]).toEqual([
      'directory',
      'file',
      undefined,
    ]);
  });

  it('lists files sorted, without installed packages and linked folders', () => {
    using workspace = writeWorkspace(
      files(
        'b.js',
        'a/z.js',
        'a/node_modules/x/i.js',
        '.git/config',
        '.nx/x',
        '.verify-exports/r',
        'a-b/c.js',
      ),
    );
    symlinkSync(workspace.root, join(workspace.root, 'a', 'loop'), 'junction');
    symlinkSync(join(workspace.root, 'b.js'), join(workspace.root, 'a', 'link.js'));
    symlinkSync(join(workspace.root, 'nowhere'), join(workspace.root, 'a', 'dead.js'));
    const disk = new Disk(workspace.root);
    expect(disk.listFiles('.')).toEqual(['a-b/c.js', 'a/link.js', 'a/z.js', 'b.js', 'package.json']);
    expect(disk.listFiles('.', (folder) => folder === 'a')).toEqual(['a-b/c.js', 'b.js', 'package.json']);
    expect(disk.listFiles('a/node_modules/x')).toEqual(['a/node_modules/x/i.js']);
    expect(disk.listFiles('absent')).toEqual([]);
    expect(disk.realPath('a/link.js')).toBe('b.js');
    expect(disk.realPath('a/dead.js')).toBeUndefined();
    expect(disk.kindOf('a/dead.js')).toBeUndefined();
  });

  it.skipIf(process.platform === 'win32' || process.getuid?.() === 0)(
    'goes on past folders that it may not read',
    () => {
      using workspace = writeWorkspace(files('a.js', 'shut/b.js'));
      chmodSync(join(workspace.root, 'shut'), 0);
      const disk = new Disk(workspace.root);
      expect(disk.listFiles('.')).toEqual(['a.js', 'package.json']);
      expect(disk.unreadableIn('.')).toMatchObject([
        { kind: 'unreadable', file: 'shut', message: 'shut cannot be read (EACCES).' },
      ]);
      chmodSync(join(workspace.root, 'shut'), 0o700);
    },
  );

  it('observes where a link leads, even if it does not list that folder', () => {
    using workspace = writeWorkspace(files('packages/a/package.json'));
    const dist = join(workspace.root, 'packages/a/dist');
    symlinkSync(join(workspace.root, '..'), dist);
    const disk = new Disk(workspace.root, new Map(), true);
    expect(disk.listFiles('packages/a/dist')).toEqual([]);
    const seen = disk.observations()!;
    const later = (): string => new Disk(workspace.root, new Map(), true).compare(seen);
    expect(later()).toBe('same');
    rmSync(dist);
    mkdirSync(dist);
    expect(later()).toBe('different');
  });

  it('reports a folder that cannot be listed', () => {
    using workspace = writeWorkspace(files('a.js'));
    symlinkSync(join(workspace.root, 'loop'), join(workspace.root, 'loop'));
    const disk = new Disk(workspace.root);
    expect(disk.listFiles('loop')).toEqual([]);
    expect(disk.unreadableIn('.')).toEqual([]);
    expect(disk.unreadableIn('loop')).toMatchObject([
      { kind: 'unreadable', file: 'loop', remedy: 'Fix the symbolic link.' },
    ]);
  });

  it('recognises its root by both of its names', () => {
    using workspace = writeWorkspace(files('real/a.js'));
    symlinkSync(join(workspace.root, 'real'), join(workspace.root, 'linked'), 'junction');
    mkdirSync(join(workspace.root, 'other'));
    const disk = new Disk(join(workspace.root, 'linked'));
    expect(disk.realPath('a.js')).toBe('a.js');
    expect(disk.toFilePath(join(workspace.root, 'linked', 'a.js'))).toBe('a.js');
    expect(disk.toFilePath(join(new Disk(workspace.root).toAbsolute('real'), 'a.js'))).toBe('a.js');
  });
});
