import type { E2eWorkspace } from './e2e-workspace';
import type { Major } from './nx-installation';
import { BUILD_TARGET, json, PACKAGES } from './stale-pass-packages';

/** A way to run the checks, in a workspace with a configuration of its own. */
export interface StalePassRun {
  readonly id: string;
  readonly title: string;
  readonly args: readonly string[];
  readonly env?: Readonly<Record<string, string>>;
  /** Changes the workspace before anything runs. */
  readonly configure?: (workspace: E2eWorkspace) => void;
  /** What core's change is: an edit of its built file, or of its source, which the run builds. */
  readonly breaks: 'output' | 'source';
  /** `passes`: the healthy workspace passes. A text: the task of web fails and says this. */
  readonly healthy: 'passes' | string;
  /** Whether Nx replays the second run of the healthy workspace. */
  readonly replays?: true;
  /** Nx has this only from a major on. */
  readonly since?: Major;
  /** The last major on which the run was tried with success. */
  readonly until?: Major;
}

const TARGET = 'verify-exports';
const ALL = ['run-many', '-t', TARGET];
const EXCLUDE = '--excludeTaskDependencies';

const inNxJson = (more: object) => (workspace: E2eWorkspace) => {
  const nxJson = JSON.parse(workspace.read('nx.json').replace(/^\s*\/\/.*$/gm, '')) as object;
  workspace.write({ 'nx.json': json({ ...nxJson, ...more }) });
};
const targetDefaults = (more: object) => inNxJson({ targetDefaults: { [TARGET]: more } });
const inManifest = (name: string, from: string, to: string) => (workspace: E2eWorkspace) =>
  workspace.edit(`packages/${name}/package.json`, from, to);

const NO_BUILD_TASKS = 'this run has no build tasks';
const DEPENDS_ON = 'the task does not depend on it';

/** Every way in which the outputs of builds could be missing from the cache key, and healthy runs that look alike. */
export const STALE_PASS_RUNS: readonly StalePassRun[] = [
  {
    id: 'exclude-batch',
    title: 'a batch without the build tasks',
    args: [...ALL, '--batch', EXCLUDE],
    breaks: 'output',
    healthy: NO_BUILD_TASKS,
  },
  {
    id: 'exclude',
    title: 'single tasks without the build tasks',
    args: [...ALL, EXCLUDE],
    breaks: 'output',
    healthy: NO_BUILD_TASKS,
  },
  {
    id: 'exclude-one',
    title: 'one task without its build tasks',
    args: ['run', `@acme/web:${TARGET}`, EXCLUDE],
    breaks: 'output',
    healthy: NO_BUILD_TASKS,
  },
  {
    id: 'exclude-skip-cache',
    title: 'a batch without the build tasks and without the cache',
    args: [...ALL, '--batch', EXCLUDE, '--skip-nx-cache'],
    breaks: 'output',
    healthy: 'passes',
  },
  {
    id: 'exclude-variable',
    title: 'single tasks without the build tasks, the cache turned off by a variable',
    args: [...ALL, EXCLUDE],
    env: { NX_DISABLE_NX_CACHE: 'true' },
    breaks: 'output',
    healthy: 'passes',
  },
  {
    id: 'exclude-uncached',
    title: 'a target that is not cached, without the build tasks',
    args: [...ALL, '--batch', EXCLUDE],
    configure: targetDefaults({ cache: false }),
    breaks: 'output',
    healthy: 'passes',
  },
  {
    id: 'exclude-committed',
    title: 'build outputs that git does not ignore, without the build tasks',
    args: [...ALL, EXCLUDE],
    configure: (workspace) => {
      workspace.edit('.gitignore', 'dist\n', '');
      for (const name of Object.keys(PACKAGES)) inManifest(name, `"build":${BUILD_TARGET}`, '')(workspace);
    },
    breaks: 'output',
    healthy: 'passes',
    replays: true,
  },
  {
    id: 'depends-on-none',
    title: 'targetDefaults without any dependsOn',
    args: [...ALL],
    configure: targetDefaults({ dependsOn: [] }),
    breaks: 'output',
    healthy: DEPENDS_ON,
  },
  {
    id: 'depends-on-own',
    title: 'targetDefaults that depend only on the own build, and builds that wait for none',
    args: [...ALL, '--batch'],
    configure: (workspace) => {
      for (const name of Object.keys(PACKAGES))
        inManifest(name, `"dependsOn":["^build"]`, `"dependsOn":[]`)(workspace);
      targetDefaults({ dependsOn: ['build'] })(workspace);
    },
    breaks: 'source',
    healthy: DEPENDS_ON,
  },
  {
    id: 'no-task-outputs',
    title: 'targetDefaults whose inputs lack the outputs of tasks',
    args: [...ALL],
    configure: targetDefaults({ inputs: ['default', '^default'] }),
    breaks: 'source',
    healthy: 'dependentTasksOutputFiles',
  },
  {
    id: 'production-inputs',
    title: 'targetDefaults whose inputs leave out a test that imports',
    args: [...ALL],
    configure: (workspace) => {
      inNxJson({
        namedInputs: { production: ['{projectRoot}/**/*', '!{projectRoot}/**/*.test.js'] },
        targetDefaults: {
          [TARGET]: {
            inputs: [
              'production',
              '^production',
              { dependentTasksOutputFiles: '**/*', transitive: true },
              '{workspaceRoot}/**/*',
              '!{workspaceRoot}/**/*.test.js',
            ],
          },
        },
      })(workspace);
    },
    breaks: 'source',
    healthy: 'web.test.js, but "inputs" of the target "verify-exports" leave this file out',
  },
  {
    id: 'glob-of-types',
    title: 'a glob for outputs of tasks that matches declarations only',
    args: [...ALL],
    configure: targetDefaults({
      inputs: [
        'default',
        '^default',
        '{workspaceRoot}/*',
        '{workspaceRoot}/packages/*',
        '{workspaceRoot}/.changeset/*',
        { dependentTasksOutputFiles: '**/*.d.ts', transitive: true },
      ],
    }),
    breaks: 'source',
    healthy: 'dependentTasksOutputFiles',
  },
  {
    id: 'own-project',
    title: 'a project that overrides its own inputs',
    args: [...ALL],
    configure: (workspace) =>
      inManifest('web', `"targets":{`, `"targets":{"${TARGET}":{"inputs":["default"]},`)(workspace),
    breaks: 'source',
    healthy: 'packages/web/package.json',
  },
  {
    id: 'unlisted-outputs',
    title: 'a build that lists another folder than it writes',
    args: [...ALL],
    configure: inManifest('core', '{projectRoot}/dist', '{projectRoot}/out'),
    breaks: 'output',
    healthy: 'no task before it lists this file',
  },
  {
    id: 'atomized',
    title: 'a build that only depends on the targets that write',
    args: [...ALL],
    configure: (workspace) => {
      for (const name of Object.keys(PACKAGES)) {
        const parts = `{"executor":"nx:noop","dependsOn":["build-js","^build"]},"build-js":${BUILD_TARGET.replace(',"dependsOn":["^build"]', '')}`;
        inManifest(name, BUILD_TARGET, parts)(workspace);
      }
    },
    breaks: 'source',
    healthy: 'passes',
    replays: true,
  },
  {
    id: 'continuous',
    title: 'a build that goes on watching',
    args: [...ALL],
    configure: (workspace) => {
      inManifest('core', '"cache":true', '"continuous":true')(workspace);
      // Nx stops a run when a continuous command ends. A script does not end it.
      inManifest('core', '"command":"node build.mjs {projectRoot}",', '')(workspace);
      const script = '"scripts":{"build":"node ../../build.mjs packages/core"}';
      inManifest('core', '"type":"module"', `"type":"module",${script}`)(workspace);
    },
    breaks: 'source',
    healthy: 'the task does not depend on it',
    since: 21,
    until: 22,
  },
  {
    id: 'plain',
    title: 'single tasks with their builds',
    args: [...ALL],
    breaks: 'source',
    healthy: 'passes',
    replays: true,
  },
  {
    id: 'built-first',
    title: 'a batch with its builds, after a build of everything',
    args: [...ALL, '--batch'],
    configure: (workspace) => void workspace.nx('run-many', '-t', 'build'),
    breaks: 'source',
    healthy: 'passes',
    replays: true,
  },
  {
    id: 'spread-inputs',
    title: 'targetDefaults that list what is inferred and more',
    args: [...ALL],
    configure: targetDefaults({
      inputs: [
        'default',
        '^default',
        { dependentTasksOutputFiles: '**/*', transitive: true },
        '{workspaceRoot}/*',
        '{workspaceRoot}/packages/*',
        '{workspaceRoot}/.changeset/*',
      ],
    }),
    breaks: 'source',
    healthy: 'passes',
    replays: true,
  },
  {
    id: 'load',
    title: 'a check that loads the output',
    args: [...ALL],
    configure: targetDefaults({ options: { load: true } }),
    breaks: 'source',
    healthy: 'passes',
    replays: true,
  },
  {
    id: 'load-other-node',
    title: 'a check that loads the output, where the inputs lack the version of Node',
    args: [...ALL],
    configure: targetDefaults({
      options: { load: true },
      inputs: [
        'default',
        '^default',
        { dependentTasksOutputFiles: '**/*', transitive: true },
        '{workspaceRoot}/*',
        '{workspaceRoot}/packages/*',
        '{workspaceRoot}/.changeset/*',
      ],
    }),
    breaks: 'source',
    healthy: 'lack the version of Node',
  },
  {
    id: 'load-by-command',
    title: 'a command that loads the output',
    args: [...ALL, '--load'],
    breaks: 'source',
    healthy: 'lack the version of Node',
  },
];
