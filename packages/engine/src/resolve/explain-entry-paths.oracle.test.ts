import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { writeWorkspace } from '../../test/text-workspace.js';
import type { EntryExplanation } from '../model/explanation.js';
import { Disk } from '../read/disk.js';
import { readWorkspace } from '../read/read-workspace.js';
import { entryPointsOf } from './entry-points.js';
import { explainEntry } from './explain-entry.js';
import { resolveEntry } from './resolve-entry.js';

const IMPORT = { mode: 'import', phase: 'runtime', conditions: [] } as const;

/** Why a subpath of package `p` does not resolve, and the code of Node's error. */
function explained(
  exports: unknown,
  files: readonly string[],
  subpath: string,
): { explanation?: EntryExplanation; node: string } {
  const texts = new Map(files.map((file) => [`packages/p/${file}`, 'export {};']));
  texts.set('packages/p/package.json', JSON.stringify({ name: 'p', type: 'module', exports }));
  texts.set('main.mjs', `import '${`p${subpath.slice(1)}`.replaceAll('\\', '\\\\')}';`);
  using workspace = writeWorkspace(texts);
  const disk = new Disk(workspace.root);
  const pkg = readWorkspace(disk, { root: workspace.root, projects: [{ name: 'p', root: 'packages/p' }] })
    .packages[0]!;
  const entry = resolveEntry(disk, pkg, subpath, IMPORT);
  const node = errorOf(join(workspace.root, 'main.mjs'));
  if (entry.outcome === 'file') return { node };
  const explanation = explainEntry({ disk, pkg, entryPoints: entryPointsOf(disk, pkg) }, entry, IMPORT);
  return { explanation, node };
}

/** The code of the error with which Node ends, or `none`. */
function errorOf(file: string): string {
  const { status, stderr } = spawnSync(process.execPath, [file], { encoding: 'utf8' });
  return status === 0 ? 'none' : (/code: '(\w+)'/.exec(stderr)?.[1] ?? stderr);
}

/** A path as people write it on each system. Node accepts both, because a target is a URL. */
const STYLES: readonly (readonly [string, (path: string) => string])[] = [
  ['POSIX', (path) => path],
  ['Windows', (path) => path.replaceAll('/', '\\').replace(/^\.\\/, './')],
];

describe.each(STYLES)('explaining maps with %s paths', (_, styled) => {
  it('returns nothing if the target exists', () => {
    const { explanation, node } = explained(
      { '.': styled('./dist/lib/index.js') },
      ['dist/lib/index.js'],
      '.',
    );
    expect({ explanation, node }).toEqual({ explanation: undefined, node: 'none' });
  });

  it('names the target that Node selects and the target that exists', () => {
    const exports = {
      '.': { import: styled('./dist/esm/index.js'), default: styled('./dist/lib/index.js') },
    };
    const { explanation, node } = explained(exports, ['dist/lib/index.js'], '.');
    expect(node).toBe('ERR_MODULE_NOT_FOUND');
    expect(explanation?.shadowed).toMatchObject({
      winner: { conditions: ['import'] },
      right: { conditions: ['default'], target: styled('./dist/lib/index.js') },
    });
  });

  it('finds the entry point of the file of a deep import', () => {
    const { explanation, node } = explained(
      { './x': styled('./dist/lib/x.js') },
      ['dist/lib/x.js'],
      './dist/lib/x.js',
    );
    expect(node).toBe('ERR_PACKAGE_PATH_NOT_EXPORTED');
    expect(explanation?.sameFile).toEqual({ subpath: './x', file: 'packages/p/dist/lib/x.js' });
  });

  it('lists the subpaths of a wildcard', () => {
    const { explanation, node } = explained(
      { './*': styled('./dist/lib/*.js') },
      ['dist/lib/a.js', 'dist/lib/b/c.js'],
      './d',
    );
    expect(node).toBe('ERR_MODULE_NOT_FOUND');
    expect(explanation?.wildcard).toMatchObject({ pattern: './*', subpaths: ['./a', './b/c'] });
  });

  it('explains a folder key', () => {
    const { explanation, node } = explained(
      { './lib/': styled('./dist/lib/') },
      ['dist/lib/a.js'],
      './lib/a.js',
    );
    expect(node).toBe('ERR_PACKAGE_PATH_NOT_EXPORTED');
    expect(explanation?.folderKey?.key).toBe('./lib/');
  });
});
