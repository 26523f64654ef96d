import type { E2eWorkspace } from './e2e-workspace';
import { packageFiles } from './matrix-workspace';

export interface Edit {
  readonly id: string;
  readonly title: string;
  apply(workspace: E2eWorkspace): void;
  /** The projects that fail after it, without their scope. */
  readonly fails: readonly string[];
  /** The only projects whose tasks run again. If absent, all except island may run. */
  readonly reruns?: readonly string[];
  /** It affects every task: nothing may be replayed. */
  readonly everything?: true;
  /** The project that loses files. */
  readonly deletesFrom?: string;
}

type Change = readonly [file: string, from: string, to: string];

const index = (name: string): string => `packages/${name}/src/index.js`;
const manifest = (name: string): string => `packages/${name}/package.json`;

function edit(
  [id, title]: readonly [string, string],
  changes: readonly Change[],
  fails: readonly string[],
  more: { readonly reruns?: readonly string[]; readonly everything?: true } = {},
): Edit {
  return {
    id,
    title,
    fails,
    ...more,
    apply: (workspace) => changes.forEach(([file, from, to]) => workspace.edit(file, from, to)),
  };
}

const MONITORING_DROPS: Change = [index('monitoring'), `export { startTimer } from './timers.js';\n`, ''];
const GATEWAY_ASKS: Change = [index('gateway'), '{ id,', '{ id, nowhere,'];
const PEAK_DROPS: Change = [index('peak'), 'const snow', 'const slush'];
const OPTIONS = `"rules": {\n          "undeclared-workspace-dependency": "off"`;
/** The options of a project replace those of the workspace. So a rule that is off must be turned off again. */
const OWN_OPTIONS = `{ "rules": { "undeclared-workspace-dependency": "off", "missing-export": "off" } }`;

/** Edits after which a cached result is wrong, or is still correct and must be replayed. */
export const EDITS: readonly Edit[] = [
  edit(['M1', 'a consumer imports a missing name'], [GATEWAY_ASKS], ['app', 'gateway', 'monitoring']),
  edit(['M2', 'a comment in a consumer'], [[index('gateway'), 'import', '// hello\nimport']], []),
  edit(['M3', 'a provider drops an export'], [MONITORING_DROPS], ['app', 'gateway', 'monitoring']),
  edit(['M4', 'a comment in a provider'], [[index('monitoring'), 'export', '// hello\nexport']], []),
  {
    ...edit(['M4b', 'a file of a provider that its output lacks'], [], []),
    apply: (workspace) => workspace.write({ 'packages/monitoring/NOTES.md': 'Hello.\n' }),
  },
  edit(
    ['M5', 'a transitive re-export loses a name'],
    [[index('core'), 'const id', 'const other']],
    ['app', 'gateway', 'monitoring'],
  ),
  edit(
    ['M6', 'an exports subpath goes'],
    [[manifest('monitoring'), `"./extra": "./dist/extra.js"`, `"./more": "./dist/extra.js"`]],
    ['app', 'gateway', 'monitoring'],
  ),
  edit(
    ['M7', 'a package drops a name that is imported without being declared'],
    [[index('logging'), 'const log', 'const write']],
    ['app', 'gateway'],
  ),
  edit(
    ['M8', 'an undeclared import begins, of a missing name'],
    [[index('reader'), 'import', `import { nothing } from '@acme/logging';\nimport`]],
    ['reader'],
  ),
  edit(
    ['undeclared-deep', 'what an undeclared import leads to loses a name, one package further'],
    [[index('depths'), 'const deep ', 'const steep ']],
    ['app', 'gateway', 'guest'],
  ),
  {
    id: 'rename',
    title: 'a package is renamed, and only some dependents follow',
    apply: (workspace) => {
      workspace.remove('node_modules/@acme/core');
      workspace.edit(manifest('core'), '@acme/core', '@acme/kernel');
      workspace.edit(manifest('monitoring'), '@acme/core', '@acme/kernel');
      workspace.edit(index('monitoring'), '@acme/core', '@acme/kernel');
    },
    fails: [],
  },
  {
    id: 'new-dependent',
    title: 'a new dependent imports a missing name',
    apply: (workspace) => {
      const sources = {
        'index.js': `import { absent } from '@acme/monitoring';\nexport const x = absent;\n`,
      };
      workspace.write(packageFiles('fresh', { dependencies: ['monitoring'], sources }));
    },
    fails: ['fresh', 'monitoring'],
  },
  {
    id: 'removed',
    title: 'a dependent is removed',
    apply: (workspace) =>
      ['packages/app', 'node_modules/@acme/app'].forEach((path) => workspace.remove(path)),
    fails: [],
    deletesFrom: 'app',
  },
  {
    id: 'late-provider',
    title: 'a package comes into being that was imported all along',
    apply: (workspace) => {
      workspace.write(packageFiles('later', { sources: { 'index.js': 'export const never = 1;\n' } }));
    },
    fails: ['app'],
  },
  edit(
    ['version', "a provider's version is bumped out of its dependents' range"],
    [[manifest('monitoring'), '"version": "1.0.0"', '"version": "2.0.0"']],
    ['gateway'],
  ),
  edit(
    ['circle-1', 'a circular pair: the first drops a name'],
    [[index('ping'), 'const ping', 'const pin']],
    ['ping', 'pong'],
  ),
  edit(
    ['circle-2', 'a circular pair: the second drops a name'],
    [[index('pong'), 'const pong', 'const pon']],
    ['ping', 'pong'],
  ),
  edit(
    ['no-^build', 'builds that do not wait for others: the third in line drops a name'],
    [[index('flat3'), 'const ground', 'const floor']],
    ['flat1', 'flat2'],
  ),
  edit(
    ['closing-1', 'an undeclared import closes a cycle: its provider drops the name'],
    [[index('hub'), 'const axle', 'const shaft']],
    ['hub'],
  ),
  edit(
    ['closing-2', 'an undeclared import closes a cycle: it imports a missing name'],
    [[index('loop'), '{ axle }', '{ axle, wheel }']],
    ['hub'],
  ),
  edit(
    ['closing-3', 'an undeclared import closes a wide circle: what its provider re-exports goes'],
    [PEAK_DROPS],
    ['top'],
  ),
  edit(
    ['opened', 'the circle opens as a manifest drops a dependency, and the name goes'],
    [PEAK_DROPS, [manifest('mid'), `"@acme/low": "^1.0.0"`, '']],
    ['low'],
  ),
  edit(
    ['sources', 'a provider that is consumed from its sources drops a name'],
    [['packages/raw/src/grain.js', 'const grain', 'const corn']],
    ['raw', 'reader'],
  ),
  {
    id: 'deleted',
    title: 'a source file is deleted that others re-export from',
    apply: (workspace) => workspace.remove('packages/monitoring/src/timers.js'),
    fails: ['app', 'gateway', 'monitoring'],
    deletesFrom: 'monitoring',
  },
  edit(
    ['option-off', 'the rule that a breakage falls under is turned off'],
    [MONITORING_DROPS, ['nx.json', OPTIONS, `${OPTIONS}, "missing-export": "off"`]],
    [],
    { everything: true },
  ),
  edit(
    ['option-own', 'one project gets an option of its own'],
    [
      MONITORING_DROPS,
      [manifest('gateway'), '"targets": {', `"targets": { "verify-exports": { "options": ${OWN_OPTIONS} },`],
    ],
    ['app', 'monitoring'],
  ),
  edit(
    ['plugin-option', 'the plugin no longer checks dependents'],
    [
      GATEWAY_ASKS,
      [
        'nx.json',
        `"plugin": "@verify-exports/nx"`,
        `"plugin": "@verify-exports/nx", "options": { "dependents": false }`,
      ],
    ],
    ['app', 'gateway'],
    { everything: true },
  ),
  edit(
    ['upgrade', 'the plugin is upgraded'],
    [['package-lock.json', `"version": "0.1.0"`, `"version": "0.1.1"`]],
    [],
    { everything: true },
  ),
  edit(
    ['root-manifest', "the workspace's root no longer declares what a package imports (a warning)"],
    [['package.json', '"@acme/depths": "^1.0.0"', '']],
    [],
    { everything: true },
  ),
  edit(
    ['paths', 'a configuration that the root tsconfig extends leads an alias to another file'],
    [['config/paths.json', 'src/one.js', 'src/two.js']],
    ['program'],
    { everything: true },
  ),
  edit(['unrelated', 'an edit in a package that nobody uses'], [[index('island'), '= 1', '= 2']], [], {
    reruns: ['island'],
  }),
  edit(['outside', 'a file of no project'], [['README.md', 'A', 'The']], [], { reruns: [] }),
];
