import type { ProjectGraph, TargetConfiguration, TaskGraph } from '@nx/devkit';
import { describe, expect, it } from 'vitest';
import { keyGaps } from './key-gaps';
import type { KeyFacts } from './key-gaps';

const INPUTS = [
  'default',
  '^default',
  { dependentTasksOutputFiles: '**/*', transitive: true },
  '{workspaceRoot}/x.json',
];
const BUILD: TargetConfiguration = { outputs: ['{projectRoot}/dist'] };

interface Given {
  /** Edges of the project graph: web → api → core unless given. */
  readonly edges?: Readonly<Record<string, readonly (readonly [target: string, type: string])[]>>;
  readonly target?: TargetConfiguration;
  /** Ids of tasks by the id of the task that waits for them. */
  readonly tasks?: Readonly<Record<string, readonly unknown[]>>;
  readonly outputs?: Readonly<Record<string, readonly string[]>>;
  readonly entryFiles?: Readonly<Record<string, readonly string[]>>;
  readonly sources?: readonly string[];
  readonly baseline?: string;
  readonly surface?: readonly string[];
  readonly buildTargets?: readonly string[];
  readonly hashed?: readonly string[];
  readonly loadsOutput?: boolean;
  readonly namedInputs?: KeyFacts['namedInputs'];
  readonly data?: Readonly<Record<string, object>>;
}

const CHAIN = {
  'web:verify': ['web:build', 'api:build', 'core:build'],
  'web:build': ['api:build'],
  'api:build': ['core:build'],
  'core:build': [],
};

function gapsOf(given: Given = {}) {
  const names = ['web', 'api', 'core'];
  const target = {
    cache: true,
    dependsOn: ['build', '^build'],
    inputs: INPUTS,
    metadata: { 'verify-exports': { inputs: INPUTS } },
    ...given.target,
  } as TargetConfiguration;
  const edges = given.edges ?? { web: [['api', 'static']], api: [['core', 'static']] };
  const projectGraph = {
    nodes: Object.fromEntries(
      names.map((name) => [
        name,
        { name, type: 'lib', data: { root: name, targets: { build: BUILD }, ...given.data?.[name] } },
      ]),
    ),
    dependencies: Object.fromEntries(
      names.map((name) => [
        name,
        (edges[name] ?? []).map(([to, type]) => ({ source: name, target: to, type })),
      ]),
    ),
  } as ProjectGraph;
  const waits = given.tasks ?? CHAIN;
  const taskGraph = {
    roots: [],
    tasks: Object.fromEntries(
      Object.keys(waits).map((id) => {
        const [project, name] = id.split(':') as [string, string];
        const outputs = given.outputs?.[id] ?? (name === 'build' ? [`${project}/dist`] : []);
        return [id, { id, target: { project, target: name }, outputs, overrides: {} }];
      }),
    ),
    dependencies: waits,
  } as unknown as TaskGraph;
  return keyGaps({
    taskId: 'web:verify',
    project: 'web',
    target,
    projectGraph,
    taskGraph,
    namedInputs: given.namedInputs ?? {},
    buildTargetsOf: () => given.buildTargets ?? ['build'],
    filesOf: (name) => ({
      manifests: [`${name}/package.json`],
      entryFiles: given.entryFiles?.[name] ?? [`${name}/dist/index.js`],
      ...(given.baseline !== undefined && { baseline: given.baseline }),
      surface: given.surface ?? [],
      sources: () => given.sources ?? [`${name}/src/index.ts`],
    }),
    loadsOutput: given.loadsOutput ?? false,
    isHashed: (file) => !file.includes('/dist/') || (given.hashed ?? []).includes(file),
  });
}

describe('keyGaps', () => {
  it('finds nothing if all builds are tasks of the run and the inputs are those that were inferred', () => {
    expect(gapsOf()).toEqual([]);
  });

  it('needs the version of Node if the check loads the output', () => {
    const withNode = (runtime: string) => ({ inputs: [...INPUTS, { runtime }] });
    expect(gapsOf({ loadsOutput: true })).toEqual([{ kind: 'node-version' }]);
    expect(gapsOf({ loadsOutput: true, target: withNode('npm --version') })).toEqual([
      { kind: 'node-version' },
    ]);
    for (const command of ['node --version', 'node -v', 'node -p "process.version + process.arch"'])
      expect(gapsOf({ loadsOutput: true, target: withNode(command) })).toEqual([]);
    expect(
      gapsOf({
        loadsOutput: true,
        target: { inputs: [...INPUTS, 'runtime'] },
        namedInputs: { runtime: [{ runtime: 'node --version' }] },
      }),
    ).toEqual([]);
  });

  it('reads the edges of Nx 24, which are objects', () => {
    const asObjects = Object.entries(CHAIN).map(([id, ids]) => [id, ids.map((other) => ({ id: other }))]);
    expect(gapsOf({ tasks: Object.fromEntries(asObjects) })).toEqual([]);
  });

  it('names the builds that the command left out', () => {
    expect(gapsOf({ tasks: { 'web:verify': [] } })).toEqual([
      { kind: 'build-not-in-run', builds: ['web:build', 'api:build', 'core:build'], excluded: true },
    ]);
  });

  it('names the builds that the target does not depend on', () => {
    expect(gapsOf({ tasks: { 'web:verify': [] }, target: { dependsOn: [] } })).toEqual([
      { kind: 'build-not-in-run', builds: ['web:build', 'api:build', 'core:build'], excluded: false },
    ]);
    const tasks = { 'web:verify': ['web:build', 'api:build'], 'web:build': [], 'api:build': [] };
    expect(gapsOf({ tasks })).toEqual([
      { kind: 'build-not-in-run', builds: ['core:build'], excluded: false },
    ]);
  });

  it('needs no build of a project that has none', () => {
    const tasks = { 'web:verify': ['web:build', 'api:build'], 'web:build': [], 'api:build': [] };
    const data = { core: { targets: {} } };
    expect(gapsOf({ tasks, data, entryFiles: { core: ['core/src/index.ts'] } })).toEqual([]);
  });

  it('needs no build of a project that is no import, only an implicit dependency', () => {
    const edges = { web: [['api', 'implicit']] } as const;
    const tasks = { 'web:verify': ['web:build'], 'web:build': [] };
    const implicit = { implicitDependencies: ['api'] };
    expect(gapsOf({ edges, tasks, data: { web: implicit } })).toEqual([]);
    // The plugin adds such an edge itself for an import that the manifest does not declare.
    expect(gapsOf({ edges, tasks })).toMatchObject([{ builds: ['api:build'] }]);
    const metadata = { 'verify-exports': { undeclaredImports: ['api'] } };
    expect(gapsOf({ edges, tasks, data: { web: { ...implicit, metadata } } })).toMatchObject([
      { builds: ['api:build'] },
    ]);
  });

  it('finds a built file that no task lists', () => {
    expect(gapsOf({ outputs: { 'core:build': ['core/out'] } })).toEqual([
      { kind: 'unlisted-output', file: 'core/dist/index.js', build: 'core:build' },
    ]);
    expect(gapsOf({ outputs: { 'core:build': ['core/dist', '!core/dist/index.js'] } })).toHaveLength(1);
  });

  it.each([
    [['core/dist/**']],
    [['core/dist/*.js']],
    [['core/dist/index.js']],
    [['./core/dist/']],
    [['core/{dist,lib}']],
  ])('accepts outputs as %s', (outputs) =>
    expect(gapsOf({ outputs: { 'core:build': outputs } })).toEqual([]),
  );

  it('accepts files that another task before writes, and files that Nx hashes', () => {
    const tasks = { ...CHAIN, 'core:build': ['core:build-js'], 'core:build-js': [] };
    expect(gapsOf({ tasks, outputs: { 'core:build': [], 'core:build-js': ['core/dist'] } })).toEqual([]);
    expect(gapsOf({ outputs: { 'core:build': [] }, hashed: ['core/dist/index.js'] })).toEqual([]);
  });

  it('finds inputs that lack the outputs of tasks, also of indirect dependencies', () => {
    const files = '{workspaceRoot}/x.json';
    expect(gapsOf({ target: { inputs: ['default', '^default', files] } })).toMatchObject([
      { kind: 'missing-inputs', inputs: [{ dependentTasksOutputFiles: '**/*' }] },
    ]);
    const direct = { dependentTasksOutputFiles: '**/*' };
    expect(gapsOf({ target: { inputs: ['default', '^default', files, direct] } })).toMatchObject([
      { kind: 'missing-inputs' },
    ]);
    const types = { dependentTasksOutputFiles: '**/*.d.ts', transitive: true };
    expect(gapsOf({ target: { inputs: ['default', '^default', files, types] } })).toMatchObject([
      { kind: 'missing-inputs', inputs: [{ dependentTasksOutputFiles: '**/*' }] },
    ]);
  });

  it('finds inputs that lack a file outside of the project', () => {
    const inputs = INPUTS.slice(0, 3);
    expect(gapsOf({ target: { inputs } })).toEqual([
      { kind: 'missing-inputs', inputs: ['{workspaceRoot}/x.json'] },
    ]);
    expect(gapsOf({ target: { inputs: [...inputs, '{workspaceRoot}/*.json'] } })).toEqual([]);
    const namedInputs = { shared: ['{workspaceRoot}/x.json'] };
    expect(gapsOf({ target: { inputs: [...inputs, 'shared'] }, namedInputs })).toEqual([]);
  });

  it('finds sources that the inputs leave out', () => {
    const namedInputs = { production: ['{projectRoot}/**/*', '!{projectRoot}/**/*.test.ts'] };
    const target = { inputs: ['production', '^production', ...INPUTS.slice(2)] };
    expect(gapsOf({ namedInputs, target })).toEqual([]);
    const sources = ['web/src/index.ts', 'web/src/index.test.ts'];
    expect(gapsOf({ namedInputs, target, sources })).toEqual([
      { kind: 'file-left-out', file: 'web/src/index.test.ts' },
    ]);
  });

  it('finds a baseline that "default" leaves out, unless the target lists it', () => {
    const namedInputs = { default: ['{projectRoot}/src/**/*', '{projectRoot}/package.json'] };
    const baseline = 'web/verify-exports.baseline.json';
    expect(gapsOf({ namedInputs, baseline })).toEqual([{ kind: 'file-left-out', file: baseline }]);
    const inputs = [...INPUTS, '{projectRoot}/verify-exports.baseline.json'];
    expect(gapsOf({ namedInputs, baseline, target: { inputs } })).toEqual([]);
    expect(gapsOf({ namedInputs })).toEqual([]);
  });

  it('finds each of several builds that are no tasks of the run', () => {
    const targets = { build: BUILD, types: BUILD };
    const data = { web: { targets }, api: { targets: { types: BUILD } }, core: { targets } };
    expect(gapsOf({ data, buildTargets: ['build', 'types', 'absent'] })).toEqual([
      { kind: 'build-not-in-run', builds: ['web:types', 'api:types', 'core:types'], excluded: false },
    ]);
  });

  it('finds a manifest that "default" leaves out', () => {
    const namedInputs = { default: ['{projectRoot}/src/**/*'] };
    expect(gapsOf({ namedInputs })).toEqual([{ kind: 'file-left-out', file: 'web/package.json' }]);
    const data = { core: { namedInputs: { default: ['{projectRoot}/src/**/*'] } } };
    expect(gapsOf({ data })).toEqual([{ kind: 'file-left-out', file: 'core/package.json' }]);
  });

  it('takes the inputs of Nx for a target that states none', () => {
    expect(gapsOf({ target: { inputs: undefined as never, metadata: {} } })).toMatchObject([
      { kind: 'missing-inputs', inputs: [{ dependentTasksOutputFiles: '**/*' }] },
    ]);
  });
});
