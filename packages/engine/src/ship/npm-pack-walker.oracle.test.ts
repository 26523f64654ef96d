import { spawnSync } from 'node:child_process';
import { mkdirSync, symlinkSync } from 'node:fs';
import { join } from 'node:path';
import packlist from 'npm-packlist';
import { describe, expect, it } from 'vitest';
import { randomFrom } from '../../test/random.js';
import { writeWorkspace } from '../../test/text-workspace.js';
import type { TextFiles } from '../../test/text-workspace.js';
import type { PackageJson } from '../model/workspace.js';
import { Disk } from '../read/disk.js';
import { leftOutByNpm } from './npm-pack-walker.js';

/**
 * The oracle is npm itself: npm-packlist's own walk over the whole folder, and `npm pack` on some.
 */

const FILES = [
  'index.js',
  'dist/index.js',
  'dist/chunks/a.js',
  'dist/chunks/b.js.map',
  'dist/node_modules/x/index.js',
  'dist/a*b.js',
  'lib/main.js',
  'lib/.hidden.js',
  'lib/.npmrc',
  'src/index.ts',
  'src/deep/index.test.ts',
  'README.md',
  'readme.orig',
  'LICENSE',
  'build/config.gypi',
  'package-lock.json',
  '.DS_Store',
];
const PATTERNS = [
  'dist',
  'dist/',
  '/dist',
  './dist',
  'dist/*',
  'dist/**/*.js',
  '**/*.js',
  '*.js',
  'lib',
  'chunks',
  '/chunks',
  'chunks/',
  'dist/index.js',
  '!dist/chunks',
  '!**/*.map',
  '*.map',
  'index.*',
  'src/**',
  '**/deep/**',
  '!lib/main.js',
  'main.js',
  '# comment',
  'DIST',
  '*',
  'a.js',
];
const MAINS = ['index.js', 'dist/index.js', './dist/index.js', 'lib', 'dist/chunks/a.js'];

describe('the packed files', () => {
  it.each(Array.from({ length: 150 }, (_, seed) => seed))(
    'are the same as with npm-packlist, seed %i',
    async (seed) => {
      const { files, manifest, members } = generate(seed);
      using workspace = writeWorkspace(files);
      const disk = new Disk(workspace.root);
      const wanted = [...files.keys()]
        .filter((file) => file.startsWith('pkg/a/'))
        .map((file) => file.slice('pkg/a/'.length));
      const out = leftOutByNpm(disk, { root: 'pkg/a', manifest, wanted, ...(members && { members }) });
      const packed = wanted.filter((file) => !out.has(file));
      expect(packed.toSorted()).toEqual(await packedByNpm(workspace.root, manifest, wanted, members));
      expect([...out].filter(([, rule]) => !rule)).toEqual([]);
    },
  );

  it.each([3, 8, 21, 34])('are the same as with `npm pack`, seed %i', (seed) => {
    const { files, manifest } = generate(seed);
    using workspace = writeWorkspace(files);
    const wanted = [...files.keys()]
      .filter((file) => file.startsWith('pkg/a/'))
      .map((file) => file.slice('pkg/a/'.length));
    const out = leftOutByNpm(new Disk(workspace.root), { root: 'pkg/a', manifest, wanted });
    expect(wanted.filter((file) => !out.has(file)).toSorted()).toEqual(
      npmPack(join(workspace.root, 'pkg/a')),
    );
  });

  it('do not include symbolic links or their targets', async () => {
    const manifest: PackageJson = { name: 'a', version: '1.0.0' };
    using workspace = writeWorkspace(
      new Map([
        ['pkg/a/package.json', JSON.stringify(manifest)],
        ['pkg/a/real/index.js', ''],
        ['pkg/b/other.js', ''],
      ]),
    );
    mkdirSync(join(workspace.root, 'pkg/a/dist'));
    symlinkSync('../../b/other.js', join(workspace.root, 'pkg/a/dist/index.js'));
    symlinkSync('../b', join(workspace.root, 'pkg/a/linked'));
    const wanted = ['package.json', 'real/index.js', 'dist/index.js', 'linked/other.js'];
    const out = leftOutByNpm(new Disk(workspace.root), { root: 'pkg/a', manifest, wanted });
    expect([...out].map(([file, rule]) => [file, rule?.source.kind])).toEqual([
      ['dist/index.js', 'link'],
      ['linked/other.js', 'link'],
    ]);
    expect(await packedByNpm(workspace.root, manifest, wanted)).toEqual(['package.json', 'real/index.js']);
  });
});

function generate(seed: number): {
  files: TextFiles;
  manifest: PackageJson;
  members: readonly string[] | undefined;
} {
  const random = randomFrom(seed);
  const some = (most: number): string[] =>
    Array.from({ length: random.below(most + 1) }, () => random.pick(PATTERNS));
  const manifest = {
    name: 'a',
    version: '1.0.0',
    ...(random.chance(0.6) && { files: some(4).filter((pattern) => !pattern.startsWith('#')) }),
    ...(random.chance(0.5) && { main: random.pick(MAINS) }),
    ...(random.chance(0.3) && { bin: random.chance(0.5) ? 'lib/main.js' : { a: './dist/chunks/a.js' } }),
    ...(random.chance(0.2) && { browser: random.chance(0.5) ? 'dist/index.js' : { './index.js': './x.js' } }),
  } as PackageJson;
  const files = new Map(
    FILES.filter(() => random.chance(0.8)).map((file) => [`pkg/a/${file}`, `// ${file}\n`]),
  );
  files.set('pkg/a/package.json', JSON.stringify(manifest));
  const ignore = (file: string, likely: number): void => {
    if (random.chance(likely)) files.set(file, `${some(4).join(random.chance(0.2) ? '\r\n' : '\n')}\n`);
  };
  ignore('pkg/a/.npmignore', 0.4);
  ignore('pkg/a/.gitignore', 0.4);
  ignore('pkg/a/dist/.npmignore', 0.2);
  ignore('pkg/a/lib/.gitignore', 0.2);
  ignore('.gitignore', 0.5);
  ignore('pkg/.npmignore', 0.2);
  return { files, manifest, members: random.chance(0.5) ? ['pkg/a'] : undefined };
}

async function packedByNpm(
  root: string,
  manifest: PackageJson,
  wanted: readonly string[],
  members?: readonly string[],
): Promise<readonly string[]> {
  const path = join(root, 'pkg/a');
  const given = typeof manifest.bin === 'string' ? { a: manifest.bin } : (manifest.bin ?? {});
  const bin = Object.fromEntries(
    Object.entries(given).map(([name, file]) => [name, file.replace(/^\.\//, '')]),
  );
  const tree = { path, package: { ...manifest, bin }, isProjectRoot: true, edgesOut: new Map() };
  const options = members && { prefix: root, workspaces: members.map((member) => join(root, member)) };
  const packed = await packlist(tree as never, options as never);
  return packed.filter((file) => wanted.includes(file)).toSorted();
}

function npmPack(folder: string): readonly string[] {
  const command = ['pack', '--dry-run', '--json', '--ignore-scripts', '--offline', '--workspaces=false'];
  const { stdout } = spawnSync('npm', command, {
    cwd: folder,
    encoding: 'utf8',
    shell: process.platform === 'win32',
  });
  const [{ files }] = JSON.parse(stdout) as [{ files: { path: string }[] }];
  return files.map(({ path }) => path).toSorted();
}
