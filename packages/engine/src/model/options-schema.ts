/** The part of JSON Schema that options use. */
export interface OptionSchema {
  readonly type?: 'array' | 'boolean' | 'number' | 'object' | 'string';
  /** Of a number: the smallest one. */
  readonly minimum?: number;
  /** For an object inside of the options: the name of its TypeScript type. */
  readonly title?: string;
  readonly description?: string;
  readonly default?: boolean | string;
  readonly examples?: readonly unknown[];
  readonly enum?: readonly (boolean | string)[];
  /** `rule`: the code or the name of a rule. */
  readonly format?: 'rule';
  readonly minLength?: number;
  readonly pattern?: string;
  readonly items?: OptionSchema;
  readonly contains?: OptionSchema;
  readonly properties?: Readonly<Record<string, OptionSchema>>;
  readonly propertyNames?: OptionSchema;
  readonly additionalProperties?: false | OptionSchema;
  readonly required?: readonly string[];
  readonly minProperties?: number;
  /** Alternatives of different types, so that the type of a value decides which one applies. */
  readonly anyOf?: readonly OptionSchema[];
  /** What to do about a wrong value: the second half of its message. */
  readonly 'x-hint'?: string;
  /** What `normalizeOptions` makes of the value, if that differs from what people write. */
  readonly 'x-normalized'?: OptionSchema;
  /** More about the option, in Markdown, for the documentation alone. */
  readonly 'x-docs'?: string;
  /** Nx and its editors list important options first. */
  readonly 'x-priority'?: 'important' | 'internal';
}

/** An object with named options. */
export interface OptionsSchema extends OptionSchema {
  readonly properties: Readonly<Record<string, OptionSchema>>;
}

const DOCKERFILE_HINT =
  'Use a path relative to the workspace root, or { "file": "…", "context": "…", "target": "…" }.';
const NOT_EMPTY = 'Use a string that is not empty.';
const DOCKERFILE_PATH: OptionSchema = { type: 'string', minLength: 1, 'x-hint': DOCKERFILE_HINT };

const DOCKERFILE: OptionSchema = {
  type: 'object',
  title: 'DockerfileOption',
  description: 'An image that the project ships in. Paths are relative to the workspace root.',
  properties: {
    file: {
      type: 'string',
      minLength: 1,
      description: 'The Dockerfile.',
      'x-hint': NOT_EMPTY,
    },
    context: {
      type: 'string',
      minLength: 1,
      description: 'The build context. The default is the workspace root.',
      'x-hint': NOT_EMPTY,
    },
    target: {
      type: 'string',
      minLength: 1,
      description: 'The stage to build. The default is the last stage.',
      'x-hint': NOT_EMPTY,
    },
  },
  required: ['file'],
  additionalProperties: false,
  'x-hint': DOCKERFILE_HINT,
};

const IGNORE_ENTRY: OptionSchema = {
  type: 'object',
  title: 'IgnoreEntry',
  description: 'Ignores the findings that match every field of the entry.',
  properties: {
    rule: { type: 'string', format: 'rule', description: "The rule's code or name." },
    package: {
      type: 'string',
      description: 'The name of the package that provides the import, as in its package.json.',
    },
    name: { type: 'string', description: 'The imported name.' },
    file: {
      type: 'string',
      description: 'A glob that matches the file of the finding, relative to the workspace root.',
    },
    reason: {
      type: 'string',
      minLength: 1,
      description: 'Why the finding is ignored. The report keeps it.',
      'x-hint': 'Write why the finding is ignored.',
    },
  },
  required: ['reason'],
  minProperties: 2,
  additionalProperties: false,
  'x-hint':
    'Write { "rule": "VE201", "reason": "…" }. Besides the reason, an entry needs rule, package, name or file.',
};

const LOAD: OptionSchema = {
  type: 'object',
  title: 'LoadOptions',
  description: 'How the entry points are loaded.',
  properties: {
    timeout: {
      type: 'number',
      minimum: 1,
      description: 'How many seconds an entry point may take. The default is 20.',
      'x-hint': 'Use a number of seconds.',
    },
    memory: {
      type: 'number',
      minimum: 16,
      description: 'How many megabytes of memory an entry point may need. The default is 512.',
      'x-hint': 'Use a number of megabytes.',
    },
    conditions: {
      type: 'array',
      items: { type: 'string' },
      description: 'Also load the variants for these conditions, such as `browser` or `worker`.',
      'x-hint': 'Use an array of strings.',
    },
    env: {
      type: 'object',
      additionalProperties: { type: 'string' },
      description: 'Environment variables for the code. It gets no others of the machine.',
      'x-hint': 'Write { "DATABASE_URL": "postgres://localhost" }.',
    },
  },
  additionalProperties: false,
  'x-hint':
    'Use true, or { "timeout": 20, "memory": 512, "conditions": ["browser"], "env": { "NAME": "value" } }.',
};

/**
 * The options of a check, declared once. The types in options.ts, the executors' schema.json files
 * and docs/options.md are generated from here by `node tools/scripts/options-docs.mjs`.
 */
export const OPTIONS_SCHEMA: OptionsSchema = {
  type: 'object',
  title: 'VerifyOptions',
  description: 'The options of a check, as `normalizeOptions` returns them.',
  properties: {
    rules: {
      type: 'object',
      description: 'The severity per rule, by code or name: "error", "warning", "info" or "off".',
      propertyNames: { format: 'rule' },
      additionalProperties: { enum: ['error', 'warning', 'info', 'off'] },
      examples: [{ 'missing-type-export': 'warning', VE205: 'off' }],
      'x-hint': 'Write { "VE201": "warning" }.',
      'x-priority': 'important',
    },
    ignore: {
      type: 'array',
      description:
        'Findings to ignore. An entry ignores the findings that match all its fields, and needs a reason. The report lists what was ignored.',
      items: IGNORE_ENTRY,
      examples: [[{ rule: 'VE201', package: '@acme/legacy', reason: 'Removed in the next release.' }]],
      'x-hint': 'Write [{ "rule": "VE201", "reason": "…" }].',
      'x-priority': 'important',
    },
    strict: {
      type: 'boolean',
      description: 'Also fail on everything that static analysis cannot determine (VE9xx).',
      default: false,
      examples: [true],
      'x-priority': 'important',
    },
    conditions: {
      type: 'array',
      description:
        'Conditions that consumers set in addition to the standard ones, as with `node --conditions`.',
      items: { type: 'string' },
      examples: [['production']],
      'x-hint': 'Use an array of strings.',
    },
    dependents: {
      type: 'boolean',
      description: 'Also check what the sources of declared dependents import from this package.',
      default: true,
      examples: [false],
      'x-docs':
        "Only dependents whose sources are among the target's inputs are checked. Otherwise a result from the cache could be outdated.",
    },
    load: {
      anyOf: [{ type: 'boolean' }, LOAD],
      description:
        'Load every entry point of the build output in a process of its own, and report what fails (VE401, VE402). This runs the code of the package and of what it imports.',
      default: false,
      examples: [true, { timeout: 60, env: { DATABASE_URL: 'postgres://localhost' } }],
      'x-docs':
        "The process can read files. Node's permission model denies writing files and starting programs, and sockets are refused. It gets no environment variables but those in `env`. Variants for browsers, workers and other runtimes are loaded only if `conditions` names them.",
      'x-hint':
        'Use true, or { "timeout": 20, "memory": 512, "conditions": ["browser"], "env": { "NAME": "value" } }.',
    },
    probe: {
      type: 'string',
      minLength: 1,
      description:
        "A JavaScript module that runs after the entry points are loaded, in the same process, relative to the project's folder. It has to export a function as default, which gets the loaded modules by subpath. If it throws, that is a finding (VE401).",
      examples: ['verify-exports.probe.mjs'],
      'x-docs':
        'A probe can construct what an application constructs when it starts: `export default ({ ".": monitoring }) => void new monitoring.Middleware({});`',
      'x-hint': "Use a path relative to the project's folder.",
    },
    mustExport: {
      type: 'array',
      items: { type: 'string', minLength: 1, 'x-hint': 'Write "name", or "./subpath#name".' },
      description:
        'Names that consumers outside of the workspace rely on: `name` for the main entry point, `./subpath#name` for another one. A missing name is reported like a missing import.',
      examples: [['ErrorService', './testing#fakeReporter']],
      'x-hint': 'Write ["name", "./subpath#name"].',
    },
    requiredModules: {
      type: 'array',
      description:
        "Globs of modules that the build output must contain, even if no file imports a name from them. They are relative to the project's folder. A glob with ! excludes files.",
      items: { type: 'string' },
      'x-docs':
        'Use it for modules that only do something when they are loaded (rule VE305). Modules that are imported only for their side effects are checked without this option.',
      examples: [['src/handlers/**/*.ts', '!src/handlers/**/*.test.ts']],
      'x-hint': 'Use an array of strings.',
    },
    metafile: {
      type: 'string',
      minLength: 1,
      description:
        "The file in which the bundler describes the build, relative to the project's folder: the metafile of esbuild, the stats of webpack or Rspack, or the bundle of Rollup or Rolldown as JSON. By default, files with the usual names are used.",
      examples: ['dist/build-report.json'],
      'x-docs':
        "The usual names are `meta.json`, `metafile.json`, `stats.json` and `manifest.json`, in the build outputs and in the project's folder. List the file among the outputs of the build target, so that the cache restores it.",
      'x-hint': "Use a path relative to the project's folder.",
    },
    dockerfile: {
      description:
        'The Dockerfile of the image that the project ships in: a path relative to the workspace root, { "file", "context", "target" }, or an array of these. By default, the Dockerfiles in the project\'s folder are used, and those at the workspace root that mention it.',
      anyOf: [
        DOCKERFILE_PATH,
        DOCKERFILE,
        {
          type: 'array',
          items: { anyOf: [DOCKERFILE_PATH, DOCKERFILE], 'x-hint': DOCKERFILE_HINT },
        },
      ],
      examples: [{ file: 'docker/api.Dockerfile', context: '.', target: 'production' }],
      'x-hint': DOCKERFILE_HINT,
      'x-normalized': { type: 'array', items: DOCKERFILE },
    },
    shippedFiles: {
      type: 'array',
      description:
        'The files that another kind of packaging ships, such as a serverless framework: globs relative to the workspace root. A glob with ! excludes files. The last glob that matches a path decides.',
      items: { type: 'string' },
      contains: {
        type: 'string',
        pattern: '^[^!]',
        'x-hint': 'Add at least one glob of files that ship.',
      },
      examples: [['apps/api/dist/**', '!**/*.map', 'node_modules/@acme/**']],
      'x-hint': 'Use an array of strings.',
    },
  },
  additionalProperties: false,
  'x-hint': 'Write an object, such as { "strict": true }.',
};
