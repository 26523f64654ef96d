import type { ProjectGraph, TargetConfiguration, TaskGraph } from '@nx/devkit';
import { describe, expect, it } from 'vitest';
import { coveredDependents } from './covered-dependents';
import { projectsFromGraph } from './workspace-from-graph';

const executor = '@verify-exports/nx:verify-exports';

function graphOf(targets: Readonly<Record<string, Record<string, TargetConfiguration>>>): ProjectGraph {
  const node = (name: string) => ({
    name,
    type: 'lib' as const,
    data: { root: `packages/${name}`, targets: targets[name]! },
  });
  return {
    nodes: Object.fromEntries(Object.keys(targets).map((name) => [name, node(name)])),
    dependencies: {},
  };
}

describe('projectsFromGraph', () => {
  const projectGraph = graphOf({
    a: { build: { outputs: ['{projectRoot}/dist'] } },
    b: {
      compile: { outputs: ['{projectRoot}/out'] },
      check: { executor, options: { buildTarget: 'compile' } },
    },
    c: {},
  });
  const facts = { projectGraph, buildTargets: new Map<string, string>(), kindOf: () => undefined };

  it('returns folders, outputs and build commands, and no build if there is none', () => {
    expect(projectsFromGraph(facts)).toEqual([
      { name: 'a', root: 'packages/a', outputs: ['packages/a/dist'], buildCommand: 'nx run a:build' },
      { name: 'b', root: 'packages/b', outputs: ['packages/b/out'], buildCommand: 'nx run b:compile' },
      { name: 'c', root: 'packages/c' },
    ]);
  });

  it('reports what releases and targets say about who installs and runs a project', () => {
    const graph = graphOf({
      a: { serve: { executor: '@nx/js:node' } },
      b: { 'nx-release-publish': { executor: 'nx:noop' } },
      c: { build: { executor: '@nx/esbuild:esbuild', options: { platform: 'browser' } } },
      d: { start: { command: 'node dist/packages/d/main.js' } },
    });
    const nxJson = { release: { projects: ['*', '!c'] } };
    const projects = projectsFromGraph({ ...facts, projectGraph: graph, nxJson });
    expect(projects.map(({ release, runtimes }) => [release, runtimes])).toEqual([
      [
        { published: true, reason: 'nx.json releases it' },
        [{ runtime: 'node', strength: 'certain', reason: 'the target serve of "a" uses @nx/js:node' }],
      ],
      [{ published: false, reason: 'the target nx-release-publish of "b" does nothing' }, undefined],
      [{ published: false, reason: 'the "release" of nx.json does not list it' }, undefined],
      [
        { published: true, reason: 'nx.json releases it' },
        [{ runtime: 'node', strength: 'certain', reason: 'the target start of "d" runs Node' }],
      ],
    ]);
  });

  it('uses the outputs of the task graph and the build target of the current task', () => {
    const tasks = {
      'a:build:production': { target: { project: 'a', target: 'build' }, outputs: ['packages/a/prod'] },
    };
    const taskGraph = { tasks, dependencies: {}, roots: [] } as unknown as TaskGraph;
    expect(projectsFromGraph({ ...facts, taskGraph })[0]!.outputs).toEqual(['packages/a/prod']);
    expect(projectsFromGraph({ ...facts, buildTargets: new Map([['b', 'build']]) })[1]).toEqual({
      name: 'b',
      root: 'packages/b',
    });
  });
});

describe('coveredDependents', () => {
  const projectGraph = graphOf({ a: {}, b: {}, c: {} });
  const inputs = [
    'default',
    { input: 'default', projects: ['c', 'directory:packages/b', 'gone'] },
    { env: 'CI' },
  ];

  it('lists dependents whose sources are inputs', () => {
    expect(coveredDependents({ cache: true, inputs }, projectGraph)).toEqual(['b', 'c']);
    expect(
      coveredDependents({ cache: true, inputs: [{ input: 'default', projects: 'b' }] }, projectGraph),
    ).toEqual(['b']);
  });

  it('lists none for a cached target without such inputs, and does not restrict an uncached target', () => {
    expect(coveredDependents({ cache: true }, projectGraph)).toEqual([]);
    expect(coveredDependents({ inputs }, projectGraph)).toBeUndefined();
    expect(coveredDependents(undefined, projectGraph)).toBeUndefined();
  });
});
