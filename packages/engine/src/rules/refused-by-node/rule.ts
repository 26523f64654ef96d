import type { NodeRefusal } from '../../model/node-refusal.js';
import { defineRule } from '../define-rule.js';
import type { Description } from '../define-rule.js';

interface Data {
  readonly refusal: NodeRefusal;
  /** How often the same stands in the same file. */
  readonly times: number;
}

export const refusedByNode = defineRule<Data>({
  code: 'VE310',
  name: 'refused-by-node',
  since: '0.1.0',
  severity: 'error',
  title: 'Output that Node runs is written in a way that Node refuses.',

  // Who loads the file is no part of what it is about: those who do come to one finding.
  find: ({ nodeRefusals, onlyForBundlers, own }) =>
    [...byWhat(nodeRefusals).values()].map(([refusal, ...more]) => ({
      identity: [refusal!.place.file, refusal!.kind, what(refusal!)],
      hits: [{ project: own.project, place: refusal!.place }],
      ...(refusal!.kind === 'wrapper-variable' && { name: refusal!.name }),
      ...((onlyForBundlers || ![refusal!, ...more].some(({ certain }) => certain)) && {
        atMost: 'warning' as const,
      }),
      data: { refusal: refusal!, times: more.length + 1 },
    })),

  describe: ({ refusal, times }) => ({
    ...DESCRIBE[refusal.kind](refusal as never),
    evidence: [
      ...('target' in refusal
        ? [{ role: 'meant', text: '', place: { file: refusal.target, start: 0, end: 0 } }]
        : []),
      ...(refusal.through
        ? [{ role: 'loaded', text: `by "${refusal.through.specifier}"`, place: refusal.through.place }]
        : []),
      ...(times > 1 ? [{ role: 'again', text: `${times - 1} more in this file` }] : []),
      ...(refusal.certain
        ? []
        : [{ role: 'when', text: 'fails when the code around it runs, not when it loads' }]),
    ],
  }),
});

type Words = Omit<Description, 'evidence'>;
type Found = Extract<NodeRefusal, { readonly target: string }>;
/** What a kind's words are made of. */
type Of<Kind> = Kind extends Found['kind'] ? Found : Extract<NodeRefusal, { readonly kind: Kind }>;

const DESCRIBE: { readonly [Kind in NodeRefusal['kind']]: (refusal: Of<Kind>) => Words } = {
  extension: (refusal) => ({
    message: `"${refusal.specifier}" is imported in an ES module that Node runs, but Node adds no extension, so it finds no such file.`,
    fix: inSources(
      `import '${named(refusal)}' in the sources, or set "module": "nodenext" in tsconfig.json to be told`,
    ),
  }),
  folder: (refusal) => ({
    message: `"${refusal.specifier}" is imported in an ES module that Node runs, but that is a folder, and Node looks for no index file in it.`,
    fix: inSources(
      `import '${named(refusal)}' in the sources, or set "module": "nodenext" in tsconfig.json to be told`,
    ),
  }),
  'json-attribute': (refusal) => ({
    message: `"${refusal.specifier}" is imported in an ES module that Node runs, but without the attribute that Node asks for with JSON.`,
    fix: inSources(`import it with { type: 'json' }, or let the bundler inline it`),
  }),
  'module-syntax': ({ scope }) => ({
    message:
      scope === undefined
        ? `This ES module is CommonJS to Node by its extension, which ends with a SyntaxError as soon as it is loaded.`
        : `This ES module is CommonJS to Node, as ${scope} says "type": "commonjs", which ends with a SyntaxError as soon as it is loaded.`,
    fix: inSources(
      scope === undefined
        ? 'build this file as CommonJS, or name it .mjs'
        : `set "type": "module" in ${scope}, build CommonJS, or name the file .mjs`,
    ),
  }),
  'wrapper-variable': ({ name, specifier }) =>
    specifier === undefined
      ? {
          message: `"${name}" is used in an ES module that Node runs, but only CommonJS has it: a ReferenceError.`,
          fix: { title: REPLACEMENT[name] ?? 'export with ES module syntax', edits: [] },
        }
      : {
          message: `"${specifier}" is required in an ES module that Node runs, but the bundler's stand-in for require throws there.`,
          fix: {
            title: `keep the package that requires it external, build CommonJS, or define require in a banner: createRequire(import.meta.url)`,
            edits: [],
          },
        },
};

const REPLACEMENT: Readonly<Record<string, string>> = {
  require: `import it, or make a require of the module's own: createRequire(import.meta.url)`,
  __dirname: 'use import.meta.dirname',
  __filename: 'use import.meta.filename',
};

/** One finding for what is wrong in the same way in the same file. */
function byWhat(refusals: readonly NodeRefusal[]): ReadonlyMap<string, readonly NodeRefusal[]> {
  const groups = new Map<string, NodeRefusal[]>();
  for (const refusal of refusals) {
    const key = JSON.stringify([refusal.place.file, refusal.kind, what(refusal)]);
    const group = groups.get(key);
    // The one that fails at once stands for all.
    if (!group) groups.set(key, [refusal]);
    else if (refusal.certain && !group[0]!.certain) group.unshift(refusal);
    else group.push(refusal);
  }
  return groups;
}

function what(refusal: NodeRefusal): string {
  if (refusal.kind === 'module-syntax') return refusal.kind;
  return refusal.kind === 'wrapper-variable' ? (refusal.specifier ?? refusal.name) : refusal.specifier;
}

function inSources(title: string): { title: string; edits: [] } {
  return { title, edits: [] };
}

/** The specifier as Node wants it. */
function named({ kind, specifier, target }: Found): string {
  const base = specifier.replace(/\/+$/, '');
  const file = target.replace(/^.*\//, '');
  return kind === 'folder' ? `${base}/${file}` : `${base.replace(/[^/]*$/, '')}${file}`;
}
