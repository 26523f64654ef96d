import { groupBy } from '../../collections/group-by.js';
import type { RuntimeSign } from '../../model/audience.js';
import type { NodeRefusal } from '../../model/node-refusal.js';
import { defineRule } from '../define-rule.js';
import type { Breakage, Description, EvidenceAt, RuleFacts } from '../define-rule.js';
import { comparePlaces } from '../unmet-demands.js';
import { evidenceOf, messageOf, refusedEntryPoints } from './refused-entry-points.js';
import type { RefusedEntries } from './refused-entry-points.js';

interface Data {
  /** The refusals with the same cause; the first one is described. */
  readonly refusals: readonly [NodeRefusal, ...NodeRefusal[]];
  readonly sign?: RuntimeSign;
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
      : describeFiles(data),
});

/** The identity leaves out the files and their importers, so that one cause is one finding. */
function refusedFiles(facts: RuleFacts): readonly Breakage<Data>[] {
  const { nodeSign: sign } = facts;
  const groups = groupBy(facts.nodeRefusals, (refusal) => JSON.stringify(causeOf(facts, refusal)));
  return [...groups.values()].map((group) => {
    const refusals = group.toSorted(compareRefusals) as [NodeRefusal, ...NodeRefusal[]];
    const [refusal] = refusals;
    const warns =
      facts.onlyForBundlers || 'engines' in refusal || !refusal.certain || refusal.byWildcard === true;
    return {
      identity: causeOf(facts, refusal),
      hits: refusals.map(({ place }) => ({ project: facts.own.project, place })),
      ...(refusal.kind === 'wrapper-variable' && { name: refusal.name }),
      ...(warns && { atMost: 'warning' as const }),
      data: { refusals, ...(sign && { sign }) },
    };
  });
}

function describeFiles({ refusals: [refusal, ...more], sign }: Data): Description {
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
      ...(refusal.byWildcard
        ? [{ role: 'offered' as const, text: 'only by a wildcard, so it may be meant for other runtimes' }]
        : []),
      ...(more.length > 0 ? [again(refusal, more)] : []),
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
  'commonjs-code': ({ name, scope }) => {
    const what = scope === undefined ? 'its extension' : `"type": "module" in ${scope}`;
    return {
      message: `This file is CommonJS, but ${what} makes it an ES module, so "${name}" does not exist and Node throws a ReferenceError when it loads the file.`,
      fix: inSources(
        scope === undefined
          ? 'build this file as an ES module, or rename it to .cjs'
          : `build ES modules, rename the file to .cjs, or write a package.json with "type": "commonjs" into its folder`,
      ),
    };
  },
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
    case 'commonjs-code':
      return DESCRIBE['commonjs-code'](refusal);
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

/**
 * What has to be changed: the way in which the package's output is built, its manifest, or the code
 * that uses a variable.
 */
function causeOf({ own, lookUp }: RuleFacts, refusal: NodeRefusal): readonly string[] {
  const { file } = refusal.place;
  const owner = lookUp.packages.ownerOf(file) ?? own.project;
  switch (refusal.kind) {
    case 'module-syntax':
    case 'commonjs-code':
      return [owner, refusal.kind, refusal.scope ?? /[^.]*$/.exec(file)![0]];
    case 'wrapper-variable':
      return [owner, refusal.kind, refusal.specifier ?? refusal.name];
    default:
      return [owner, refusal.kind];
  }
}

/** A refusal at load time, of a file that has a name in the manifest, represents the others. */
function compareRefusals(a: NodeRefusal, b: NodeRefusal): number {
  return rankOf(a) - rankOf(b) || comparePlaces(a.place, b.place);
}

function rankOf({ certain, byWildcard }: NodeRefusal): number {
  return (certain ? 0 : 2) + (byWildcard ? 1 : 0);
}

/** How often the same cause is met, and where: in the same file, or in the deepest folder with all files. */
function again({ place }: NodeRefusal, more: readonly NodeRefusal[]): EvidenceAt {
  const files = new Set([place.file, ...more.map((other) => other.place.file)]);
  if (files.size === 1) return { role: 'again', text: `${more.length} more in this file` };
  const [first, ...others] = [...files].map((file) => file.split('/').slice(0, -1));
  const shared = first!.filter((_, at) =>
    others.every((parts) => parts.slice(0, at + 1).join('/') === first!.slice(0, at + 1).join('/')),
  );
  return {
    role: 'again',
    text: `${more.length} more, in ${files.size} files of ${shared.join('/') || 'the workspace'}`,
  };
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
