import { execFileSync } from 'node:child_process';
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

/** Why a subpath of package `p` leads nowhere; with Node's own word whether it leads anywhere. */
function explained(
  exports: unknown,
  files: readonly string[],
  subpath: string,
): { told?: EntryExplanation; node: boolean } {
  const texts = new Map(files.map((file) => [`packages/p/${file}`, 'export {};']));
  texts.set('packages/p/package.json', JSON.stringify({ name: 'p', type: 'module', exports }));
  texts.set('ask.mjs', `import '${`p${subpath.slice(1)}`.replaceAll('\\', '\\\\')}';`);
  using workspace = writeWorkspace(texts);
  const disk = new Disk(workspace.root);
  const pkg = readWorkspace(disk, { root: workspace.root, projects: [{ name: 'p', root: 'packages/p' }] })
    .packages[0]!;
  const entry = resolveEntry(disk, pkg, subpath, IMPORT);
  const node = loads(join(workspace.root, 'ask.mjs'));
  if (entry.outcome === 'file') return { node };
  return { told: explainEntry({ disk, pkg, entryPoints: entryPointsOf(disk, pkg) }, entry, IMPORT), node };
}

function loads(file: string): boolean {
  try {
    execFileSync(process.execPath, [file], { stdio: 'pipe' });
    return true;
  } catch {
    return false;
  }
}

/** A path as it is written on either system; Node takes both, as a target is a URL. */
const STYLES: readonly (readonly [string, (path: string) => string])[] = [
  ['POSIX', (path) => path],
  ['Windows', (path) => path.replaceAll('/', '\\').replace(/^\.\\/, './')],
];

describe.each(STYLES)('explaining maps with %s paths', (_, styled) => {
  it('is not needed where the target is there', () => {
    const { told, node } = explained({ '.': styled('./dist/lib/index.js') }, ['dist/lib/index.js'], '.');
    expect({ told, node }).toEqual({ told: undefined, node: true });
  });

  it('names what wins and what would serve', () => {
    const exports = {
      '.': { import: styled('./dist/esm/index.js'), default: styled('./dist/lib/index.js') },
    };
    const { told, node } = explained(exports, ['dist/lib/index.js'], '.');
    expect(node).toBe(false);
    expect(told?.shadowed).toMatchObject({
      winner: { conditions: ['import'] },
      right: { conditions: ['default'], target: styled('./dist/lib/index.js') },
    });
  });

  it('finds the entry point that leads to the file of a deep import', () => {
    const { told, node } = explained(
      { './x': styled('./dist/lib/x.js') },
      ['dist/lib/x.js'],
      './dist/lib/x.js',
    );
    expect(node).toBe(false);
    expect(told?.sameFile).toEqual({ subpath: './x', file: 'packages/p/dist/lib/x.js' });
  });

  it('lists what a wildcard serves', () => {
    const { told, node } = explained(
      { './*': styled('./dist/lib/*.js') },
      ['dist/lib/a.js', 'dist/lib/b/c.js'],
      './d',
    );
    expect(node).toBe(false);
    expect(told?.wildcard).toMatchObject({ pattern: './*', subpaths: ['./a', './b/c'] });
  });

  it('tells a folder key', () => {
    const { told, node } = explained({ './lib/': styled('./dist/lib/') }, ['dist/lib/a.js'], './lib/a.js');
    expect(node).toBe(false);
    expect(told?.folderKey?.key).toBe('./lib/');
  });
});
