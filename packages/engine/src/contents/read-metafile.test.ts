import { truncateSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { writeWorkspace } from '../../test/text-workspace.js';
import { Disk } from '../read/disk.js';
import { readMetafile } from './read-metafile.js';

function read(text: string) {
  using workspace = writeWorkspace(new Map([['meta.json', text]]));
  return readMetafile(new Disk(workspace.root), 'meta.json');
}

describe('what a bundler wrote about a build', () => {
  it('is recognised by its shape: esbuild', () => {
    const output = {
      entryPoint: 'a.ts',
      inputs: { 'a.ts': { bytesInOutput: 0 }, 'b.ts': { bytesInOutput: 3 } },
    };
    expect(read(JSON.stringify({ inputs: {}, outputs: { 'out/a.js': output } }))).toEqual({
      kind: 'contents',
      raw: {
        what: "esbuild's metafile lists",
        outputs: ['out/a.js'],
        contained: ['b.ts'],
        listed: ['a.ts', 'a.ts'],
        complete: true,
      },
    });
  });

  it('is recognised by its shape: webpack, with joined modules, loaders, child compilations and modules left out', () => {
    const stats = {
      outputPath: '/w/dist',
      assets: [{ name: 'main.js' }],
      modules: [
        {
          identifier: 'loader.js!/w/src/a.js|1',
          chunks: [1],
          modules: [{ identifier: '/w/src/a.js' }, { nameForCondition: '/w/src/b.js' }],
        },
        { identifier: 'loader.js??x!/w/src/c.ts?query', chunks: [1] },
        { identifier: '/w/src/gone.js', chunks: [] },
        { identifier: 'webpack/runtime/public path', chunks: [1] },
      ],
      children: [{ modules: [{ nameForCondition: '/w/src/worker.js', identifier: 'w', chunks: [2] }] }],
    };
    expect(read(JSON.stringify(stats))).toMatchObject({
      raw: {
        what: "webpack's stats list",
        outputs: ['/w/dist/main.js'],
        contained: ['/w/src/a.js', '/w/src/b.js', '/w/src/c.ts', '/w/src/worker.js'],
        complete: true,
      },
    });
    expect(read(JSON.stringify({ ...stats, filteredModules: 3 }))).toMatchObject({
      raw: { complete: false },
    });
  });

  it('is recognised by its shape: Rollup and Rolldown, as generateBundle or as write gives it', () => {
    const chunk = {
      type: 'chunk',
      fileName: 'a.js',
      modules: { '/w/a.js': { renderedLength: 3 }, '\0virtual': {} },
    };
    for (const json of [{ 'a.js': chunk }, { output: [chunk, { type: 'asset', fileName: 'a.css' }] }]) {
      expect(read(JSON.stringify(json))).toMatchObject({ raw: { contained: ['/w/a.js'], complete: true } });
    }
  });

  it("is recognised by its shape: Vite's manifest, which does not prove that a module is absent", () => {
    const manifest = {
      'src/main.ts': { file: 'main.js', src: 'src/main.ts', isEntry: true },
      '_shared.js': { file: 'shared.js' },
    };
    expect(read(JSON.stringify(manifest))).toMatchObject({
      raw: { contained: ['src/main.ts'], complete: false },
    });
  });

  it.each([
    ['{ "name": "Page", "icons": [] }', /is not what esbuild/],
    ['{}', /is not what esbuild/],
    ['[1]', /is not what esbuild/],
    ['null', /is not what esbuild/],
    ['{ "inputs": {}, "outputs": { "a.js": 1 } }', /is not what esbuild/],
    ['{ "inputs": {}, ', /is not valid JSON/],
    ['', /is not valid JSON/],
  ])('is rejected if it is something else: %s', (text, reason) => {
    expect(read(text)).toMatchObject({ kind: 'foreign', reason: expect.stringMatching(reason) as string });
  });

  it('may be missing or too large to read', () => {
    using workspace = writeWorkspace(new Map());
    const large = join(workspace.root, 'stats.json');
    writeFileSync(large, '{');
    truncateSync(large, 100 * 1024 * 1024);
    const disk = new Disk(workspace.root);
    expect(readMetafile(disk, 'meta.json')).toEqual({ kind: 'absent' });
    expect(readMetafile(disk, 'stats.json')).toMatchObject({
      kind: 'too-large',
      reason: 'stats.json has 105 MB, more than the 64 MB that are read',
    });
    expect(disk.reads).toBe(0);
  });
});
