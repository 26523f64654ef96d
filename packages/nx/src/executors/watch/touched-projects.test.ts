import type { ProjectGraph } from '@nx/devkit';
import { describe, expect, it } from 'vitest';
import { TouchedProjects } from './touched-projects';

const executor = '@verify-exports/nx:verify-exports';

/** `app` imports `ui`, which imports `core`. `tool` is not connected. */
const graph = {
  nodes: Object.fromEntries(
    ['app', 'ui', 'core', 'tool'].map((name) => [
      name,
      {
        name,
        type: 'lib',
        data: {
          root: `packages/${name}`,
          targets: {
            'verify-exports': {
              executor,
              cache: true,
              inputs: [
                'default',
                ...(name === 'core' ? [{ input: 'default', projects: ['ui'] }] : []),
                ...(name === 'tool' ? ['{workspaceRoot}/docker/tool.Dockerfile'] : []),
              ],
            },
          },
        },
      },
    ]),
  ),
  dependencies: {
    app: [{ source: 'app', target: 'ui', type: 'static' }],
    ui: [
      { source: 'ui', target: 'core', type: 'static' },
      { source: 'ui', target: 'npm:react', type: 'static' },
    ],
  },
} as unknown as ProjectGraph;
const projects = ['app', 'ui', 'core', 'tool'].map((name) => ({
  name,
  root: `packages/${name}`,
  outputs: [name === 'tool' ? 'dist/packages/tool' : `packages/${name}/dist`],
}));
const touched = new TouchedProjects(graph, projects);
const all = ['app', 'ui', 'core', 'tool'];

describe('a change of', () => {
  it.each([
    ['an output affects the owner and its dependents', 'packages/core/dist/index.js', ['core', 'ui', 'app']],
    [
      'a source also affects projects that check the imports of the owner',
      'packages/ui/src/x.ts',
      ['ui', 'app', 'core'],
    ],
    ['an output in another folder affects its owner', 'dist/packages/tool/index.js', ['tool']],
    ['a folder affects every project inside', 'packages', all],
    ['the root affects all projects', '.', all],
    ['the configuration of images affects all projects', '.dockerignore', all],
    ['a source of the graph affects all projects', 'tsconfig.base.json', all],
    ['a file that a target names affects all projects', 'docker/tool.Dockerfile', all],
    ['code outside all projects affects all projects', 'tools/shared.ts', all],
    ['notes affects no project', 'README.md', []],
    ['data of tools affects no project', '.cache/x/index.js', []],
  ])('%s', (_, file, expected) => expect([...touched.by([file])].sort()).toEqual([...expected].sort()));

  it('affects the nearest projects first', () => {
    expect(touched.by(['packages/core/dist/index.js'])).toEqual(['core', 'ui', 'app']);
  });
});

describe('changesGraph', () => {
  it.each([
    ['packages/new/package.json', true],
    ['packages/core/project.json', true],
    ['packages/core', true],
    ['nx.json', true],
    ['pnpm-lock.yaml', true],
    ['packages/core/dist/package.json', false],
    ['packages/core/dist', false],
    ['packages/core/src/index.ts', false],
    ['packages/core/tsconfig.json', false],
  ])('returns for %s: %s', (file, expected) => expect(touched.changesGraph(file)).toBe(expected));
});
