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
  const facts = { projectGraph, buildTargets: new Map<string, readonly string[]>(), kindOf: () => undefined };

  it('returns folders, outputs and build commands, and no build if there is none', () => {
    const build = (name: string, target: string, output: string) => {
      const command = `nx run ${name}:${target}`;
      const writers = [{ target, command, outputs: [output] }];
      return { name, root: `packages/${name}`, outputs: [output], buildCommand: command, writers };
    };
    expect(projectsFromGraph(facts)).toEqual([
      build('a', 'build', 'packages/a/dist'),
      build('b', 'compile', 'packages/b/out'),
      { name: 'c', root: 'packages/c' },
    ]);
  });

  it('joins the outputs of several build targets', () => {
    const targets = {
      transpile: { outputs: ['{projectRoot}/build/esm'] },
      types: { outputs: ['{projectRoot}/build/types'] },
      check: { executor, options: { buildTarget: ['transpile', 'types', 'absent'] } },
    };
    expect(projectsFromGraph({ ...facts, projectGraph: graphOf({ a: targets }) })[0]).toMatchObject({
      outputs: ['packages/a/build/esm', 'packages/a/build/types'],
      buildCommand: 'nx run-many -t transpile types -p a',
      writers: [
        { target: 'transpile', command: 'nx run a:transpile', outputs: ['packages/a/build/esm'] },
        { target: 'types', command: 'nx run a:types', outputs: ['packages/a/build/types'] },
      ],
    });
  });

  it('lists other targets that state outputs, and how to make them build targets', () => {
    const targets = {
      build: { outputs: ['{projectRoot}/dist'] },
      'build-cjs': { outputs: ['{projectRoot}/lib'] },
      test: {},
      lint: { outputs: ['{projectRoot}'] },
    };
    expect(projectsFromGraph({ ...facts, projectGraph: graphOf({ a: targets }) })[0]!.writers).toEqual([
      { target: 'build', command: 'nx run a:build', outputs: ['packages/a/dist'] },
      {
        target: 'build-cjs',
        command: 'nx run a:build-cjs',
        outputs: ['packages/a/lib'],
        include: expect.stringContaining(
          '"buildTarget" of its verify-exports target to ["build","build-cjs"]',
        ),
      },
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
    expect(projectsFromGraph({ ...facts, buildTargets: new Map([['b', ['build']]]) })[1]).toMatchObject({
      name: 'b',
      root: 'packages/b',
      writers: [{ target: 'compile', include: expect.any(String) }],
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
