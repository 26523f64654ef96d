// Declares the options of the plugin and of its executors once. The types in types.ts, each
// executor's schema.json and docs/options.md are generated from here, and from the engine's schema,
// by `node tools/scripts/options-docs.mjs`.
import type { OptionsSchema } from '../engine';

const NAME = { type: 'string', minLength: 1 } as const;

/** A target, or a list of them that is not empty. */
const TARGETS = {
  anyOf: [NAME, { type: 'array', items: NAME, contains: NAME }],
  'x-hint': 'Use the name of a target, or an array of names.',
} as const;

/** The options that `plugins` in nx.json can set for this plugin. */
export const PLUGIN_SCHEMA = {
  type: 'object',
  title: 'PluginOptions',
  description: 'The options that `plugins` in nx.json can set for this plugin.',
  properties: {
    targetName: { ...NAME, description: 'The name of the inferred target.', default: 'verify-exports' },
    watchTargetName: {
      anyOf: [{ type: 'string' }, { enum: [false] }],
      description:
        'The name of the inferred target that watches. The default is `<targetName>:watch`. With `""` or false, the plugin infers no such target.',
      'x-hint': 'Use a string, or false for no such target.',
    },
    buildTarget: {
      ...TARGETS,
      description:
        'The target that builds a package, or an array of targets if several write parts of the output. A package without such a target is checked as it is.',
      default: 'build',
    },
    dependents: {
      type: 'boolean',
      description:
        'Also check what declared dependents import. Their sources are then inputs of the target, so an edit there runs the task again.',
      default: true,
    },
  },
  additionalProperties: false,
} as const satisfies OptionsSchema;

/** The engine's formats. The engine is not loaded while Nx creates its graph, so the names are written here again. */
export const FORMATS = ['text', 'json', 'github', 'sarif', 'junit', 'gitlab', 'markdown', 'html'] as const;

/** The options of the verify-exports executor that are not the engine's. */
export const EXECUTOR_SCHEMA: OptionsSchema = {
  type: 'object',
  title: 'ExecutorOptions',
  description: 'The options of the verify-exports executor as a workspace writes them.',
  properties: {
    buildTarget: {
      ...TARGETS,
      description:
        'The target that builds the package, or an array of targets if several write parts of the output. The files of an entry point can be in the outputs of these targets.',
      default: 'build',
      examples: ['bundle', ['build:transpile', 'build:types']],
      'x-docs':
        'Set it if one package has another build target than the rest. Set `dependsOn` of the verify-exports target as well: `"dependsOn": ["bundle", "^build"]`. If the workspace states the `outputs` of its targets, and only one other target writes the file of an entry point, the plugin adds that target to both by itself.',
    },
    format: {
      type: 'string',
      enum: FORMATS,
      description:
        'The format of the output, and of `outputFile`: text, the report as JSON, text with annotations for GitHub Actions, SARIF, JUnit XML, GitLab Code Quality, Markdown for a pull request, or the export map as a page for browsers.',
      default: 'text',
      examples: ['json'],
      'x-hint': `Use one of ${FORMATS.map((name) => `"${name}"`).join(', ')}.`,
      'x-docs': '[Reports](reports.md) shows each format.',
      'x-priority': 'important',
    },
    outputFiles: {
      type: 'object',
      title: 'OutputFiles',
      description:
        'Files to which the result is written in other formats, by format. The paths are relative to the workspace root. They are outputs of the target, so the cache restores them.',
      properties: Object.fromEntries(
        FORMATS.map((name) => [name, { ...NAME, description: `The file for the format "${name}".` }]),
      ),
      additionalProperties: false,
      examples: [{ sarif: 'reports/{projectName}.sarif', junit: 'reports/{projectName}.xml' }],
      'x-hint': 'Write { "sarif": "reports/{projectName}.sarif" }.',
      'x-docs': 'Nx replaces `{projectRoot}` and `{projectName}`.',
    },
    outputFile: {
      ...NAME,
      description:
        'A file to which the output is written as well, relative to the workspace root. It is an output of the target, so the cache restores it.',
      examples: ['reports/{projectName}.json'],
      'x-hint': 'Use a path relative to the workspace root.',
      'x-docs': 'Nx replaces `{projectRoot}` and `{projectName}`.',
    },
    verbose: {
      type: 'boolean',
      description:
        'Also print findings of severity info, every affected place, and every entry point with its exports and unknowns.',
      default: false,
      examples: [true],
      'x-docs':
        'Nx has a `--verbose` of its own and replays cached output without these lines. On the command line, add `--skip-nx-cache`.',
    },
  },
  additionalProperties: false,
};

/** The options of the watch executor. */
export const WATCH_SCHEMA: OptionsSchema = {
  type: 'object',
  title: 'WatchExecutorOptions',
  description: 'The options of the watch executor as a workspace writes them.',
  properties: {
    all: {
      type: 'boolean',
      description: 'Check every project of the workspace, not only the project of the target.',
      default: false,
      'x-priority': 'important',
    },
    sarif: {
      ...NAME,
      description:
        'A SARIF file that is written after each round, with the findings of all watched projects. The path is relative to the workspace root. An editor can show it.',
      examples: ['.sarif/verify-exports.sarif'],
      'x-hint': 'Use a path relative to the workspace root.',
      'x-docs': '[Editors](editors.md#findings-in-the-code-while-you-watch) shows how to use it in VS Code.',
    },
    verbose: {
      type: 'boolean',
      description:
        'Also print findings of severity info, every affected place, and every entry point with its exports and unknowns.',
      default: false,
    },
  },
  additionalProperties: false,
};
