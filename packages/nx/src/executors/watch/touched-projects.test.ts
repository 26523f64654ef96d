import type { ProjectGraph } from '@nx/devkit';
import { describe, expect, it } from 'vitest';
import { TouchedProjects } from './touched-projects';

const executor = '@verify-exports/nx:verify-exports';

/** `app` imports `ui`, which imports `core`; `tool` stands alone. */
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

describe('a change touches', () => {
  it.each([
    ['the owner and its dependents, nearest first', 'packages/core/dist/index.js', ['core', 'ui', 'app']],
    ['also whoever holds the owner’s demands against itself', 'packages/ui/src/x.ts', ['ui', 'app', 'core']],
    ['the owner of an output that lies elsewhere', 'dist/packages/tool/index.js', ['tool']],
    ['all that lies below a folder', 'packages', all],
    ['everything, when anything may have changed', '.', all],
    ['everything, with what configures images', '.dockerignore', all],
    ['everything, with what the graph is made from', 'tsconfig.base.json', all],
    ['everything, with a file that a target names', 'docker/tool.Dockerfile', all],
    ['everything, with code of no project', 'tools/shared.ts', all],
    ['nothing, with notes', 'README.md', []],
    ['nothing, with what tools keep', '.cache/x/index.js', []],
  ])('%s', (_, file, expected) => expect([...touched.by([file])].sort()).toEqual([...expected].sort()));

  it('the nearest first', () => {
    expect(touched.by(['packages/core/dist/index.js'])).toEqual(['core', 'ui', 'app']);
  });
});

describe('the graph changes with', () => {
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
  ])('%s: %s', (file, expected) => expect(touched.changesGraph(file)).toBe(expected));
});
