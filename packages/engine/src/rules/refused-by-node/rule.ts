import type { RuntimeSign } from '../../model/audience.js';
import type { NodeRefusal } from '../../model/node-refusal.js';
import { defineRule } from '../define-rule.js';
import type { Breakage, Description, EvidenceAt, RuleFacts } from '../define-rule.js';
import { evidenceOf, messageOf, refusedEntryPoints } from './entry-points.js';
import type { RefusedEntries } from './entry-points.js';

interface Data {
  readonly refusal: NodeRefusal;
  readonly sign?: RuntimeSign;
  /** How often the file has the same mistake. */
  readonly times: number;
}

export const refusedByNode = defineRule<Data | RefusedEntries>({
  code: 'VE310',
  name: 'refused-by-node',
  reference: 'https://nodejs.org/api/packages.html#determining-module-system',
  since: '0.1.0',
  severity: 'error',
  title: 'Node cannot load or run a file of the built output.',

  find: (facts) => [...refusedFiles(facts), ...refusedEntryPoints(facts)],

  describe: (data) =>
    'entries' in data
      ? { ...wordsOf(data.entries[0].refusal), message: messageOf(data), evidence: evidenceOf(data) }
      : describeFile(data),
});

/** The identity leaves out the importers of the file, so that all of them share one finding. */
function refusedFiles({
  nodeRefusals,
  nodeSign,
  onlyForBundlers,
  own,
}: RuleFacts): readonly Breakage<Data>[] {
  return [...byWhat(nodeRefusals).values()].map(([refusal, ...more]) => ({
    identity: [refusal!.place.file, refusal!.kind, what(refusal!)],
    hits: [{ project: own.project, place: refusal!.place }],
    ...(refusal!.kind === 'wrapper-variable' && { name: refusal!.name }),
    ...((onlyForBundlers || 'engines' in refusal! || ![refusal!, ...more].some(({ certain }) => certain)) && {
      atMost: 'warning' as const,
    }),
    data: { refusal: refusal!, times: more.length + 1, ...(nodeSign && { sign: nodeSign }) },
  }));
}

function describeFile({ refusal, times, sign }: Data): Description {
  return {
    ...wordsOf(refusal),
    evidence: [
      ...('target' in refusal
        ? [{ role: 'file' as const, text: '', place: { file: refusal.target, start: 0, end: 0 } }]
        : []),
      ...(refusal.through
        ? [
            {
              role: 'loaded' as const,
              text: `by "${refusal.through.specifier}"`,
              place: refusal.through.place,
            },
          ]
        : []),
      ...('engines' in refusal
        ? [
            {
              role: 'node' as const,
              text: `"engines.node" allows ${refusal.engines.range}`,
              place: refusal.engines.place,
            },
          ]
        : sign
          ? [signEvidence(sign)]
          : []),
      ...(times > 1 ? [{ role: 'again' as const, text: `${times - 1} more in this file` }] : []),
      ...(refusal.certain
        ? []
        : [{ role: 'when' as const, text: 'it fails when this code runs, not when the module loads' }]),
    ],
  };
}

/** What shows that Node runs the output. Its place is left out if the text names the file. */
function signEvidence({ reason, place }: RuntimeSign): EvidenceAt {
  return { role: 'node', text: reason, ...(place && !reason.includes(place.file) && { place }) };
}

type Words = Omit<Description, 'evidence'>;
type Found = Extract<NodeRefusal, { readonly target: string }>;
/** The facts that the words for one kind are made from. */
type Of<Kind> = Kind extends Found['kind'] ? Found : Extract<NodeRefusal, { readonly kind: Kind }>;

const DESCRIBE: { readonly [Kind in NodeRefusal['kind']]: (refusal: Of<Kind>) => Words } = {
  extension: (refusal) => ({
    message: `"${refusal.specifier}" is imported in an ES module that Node runs, but Node does not add file extensions, so the import fails.`,
    fix: inSources(
      `import '${named(refusal)}' in the sources; with "module": "nodenext" in tsconfig.json, TypeScript reports such imports`,
    ),
  }),
  folder: (refusal) => ({
    message: `"${refusal.specifier}" is imported in an ES module that Node runs, but this is a folder, and Node does not look for an index file in it, so the import fails.`,
    fix: inSources(
      `import '${named(refusal)}' in the sources; with "module": "nodenext" in tsconfig.json, TypeScript reports such imports`,
    ),
  }),
  'json-attribute': (refusal) => ({
    message: `"${refusal.specifier}" is imported in an ES module that Node runs, but without the import attribute that Node requires for JSON, so the import fails.`,
    fix: inSources(`add with { type: 'json' } to the import, or make the bundler inline the file`),
  }),
  'module-syntax': ({ scope }) => ({
    message:
      scope === undefined
        ? `This file has ES module syntax, but its extension makes it CommonJS, so Node throws a SyntaxError when it loads the file.`
        : `This file has ES module syntax, but "type": "commonjs" in ${scope} makes it CommonJS, so Node throws a SyntaxError when it loads the file.`,
    fix: inSources(
      scope === undefined
        ? 'build this file as CommonJS, or rename it to .mjs'
        : `set "type": "module" in ${scope}, build CommonJS, or rename the file to .mjs`,
    ),
  }),
  'undetected-syntax': () => ({
    message:
      'This file has ES module syntax, but no "type" makes it an ES module, and the oldest versions of Node that "engines" allows do not detect the syntax, so they throw a SyntaxError.',
    fix: inSources(
      'set "type": "module", rename the file to .mjs, or raise "engines.node" to "^20.19.0 || >=22.7.0"',
    ),
  }),
  'required-module': (refusal) => ({
    message: `"${refusal.specifier}" is required and is an ES module, but the oldest versions of Node that "engines" allows cannot require ES modules, so they throw ERR_REQUIRE_ESM.`,
    fix: inSources('raise "engines.node" to "^20.19.0 || >=22.12.0", or load the module with import()'),
  }),
  'wrapper-variable': ({ name, specifier }) =>
    specifier === undefined
      ? {
          message: `"${name}" is used in an ES module that Node runs, but only CommonJS modules have it, so Node throws a ReferenceError.`,
          fix: { title: REPLACEMENT[name] ?? 'use ES module syntax for exports', edits: [] },
        }
      : {
          message: `"${specifier}" is required in an ES module that Node runs, but the bundler replaced require with a function that throws.`,
          fix: {
            title: `make the package that requires it external, build CommonJS, or define require in a banner: createRequire(import.meta.url)`,
            edits: [],
          },
        },
};

function wordsOf(refusal: NodeRefusal): Words {
  switch (refusal.kind) {
    case 'module-syntax':
      return DESCRIBE['module-syntax'](refusal);
    case 'wrapper-variable':
      return DESCRIBE['wrapper-variable'](refusal);
    case 'undetected-syntax':
      return DESCRIBE['undetected-syntax'](refusal);
    case 'required-module':
      return DESCRIBE['required-module'](refusal);
    default:
      return DESCRIBE[refusal.kind](refusal);
  }
}

const REPLACEMENT: Readonly<Record<string, string>> = {
  require: `use import, or define require in the module: createRequire(import.meta.url)`,
  __dirname: 'use import.meta.dirname',
  __filename: 'use import.meta.filename',
};

/** Groups the refusals of one file that have the same cause into one finding. */
function byWhat(refusals: readonly NodeRefusal[]): ReadonlyMap<string, readonly NodeRefusal[]> {
  const groups = new Map<string, NodeRefusal[]>();
  for (const refusal of refusals) {
    const key = JSON.stringify([refusal.place.file, refusal.kind, what(refusal)]);
    const group = groups.get(key);
    // A refusal at load time represents the group.
    if (!group) groups.set(key, [refusal]);
    else if (refusal.certain && !group[0]!.certain) group.unshift(refusal);
    else group.push(refusal);
  }
  return groups;
}

function what(refusal: NodeRefusal): string {
  if (refusal.kind === 'module-syntax' || refusal.kind === 'undetected-syntax') return refusal.kind;
  return refusal.kind === 'wrapper-variable' ? (refusal.specifier ?? refusal.name) : refusal.specifier;
}

function inSources(title: string): { title: string; edits: [] } {
  return { title, edits: [] };
}

/** The specifier that Node can resolve. */
function named({ kind, specifier, target }: Found): string {
  const base = specifier.replace(/\/+$/, '');
  const file = target.replace(/^.*\//, '');
  return kind === 'folder' ? `${base}/${file}` : `${base.replace(/[^/]*$/, '')}${file}`;
}
