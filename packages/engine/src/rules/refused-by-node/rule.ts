import { groupBy } from '../../collections/group-by.js';
import type { NodeRefusal } from '../../model/node-refusal.js';
import { defineRule } from '../define-rule.js';
import type { Description, EvidenceAt, RuleFacts } from '../define-rule.js';
import { comparePlaces } from '../unmet-demands.js';

interface Data {
  /** The refusals with the same cause; the first one is described. */
  readonly refusals: readonly [NodeRefusal, ...NodeRefusal[]];
}

export const refusedByNode = defineRule<Data>({
  code: 'VE310',
  name: 'refused-by-node',
  reference: 'https://nodejs.org/api/packages.html#determining-module-system',
  since: '0.1.0',
  severity: 'error',
  title: 'Node cannot load or run a file of the built output.',

  // The identity leaves out the files and their importers, so that one cause is one finding.
  find: (facts) => {
    const groups = groupBy(facts.nodeRefusals, (refusal) => JSON.stringify(causeOf(facts, refusal)));
    return [...groups.values()].map((group) => {
      const refusals = group.toSorted(compareRefusals) as [NodeRefusal, ...NodeRefusal[]];
      const [refusal] = refusals;
      return {
        identity: causeOf(facts, refusal),
        hits: refusals.map(({ place }) => ({ project: facts.own.project, place })),
        ...(refusal.kind === 'wrapper-variable' && { name: refusal.name }),
        ...((facts.onlyForBundlers || !refusal.certain) && { atMost: 'warning' as const }),
        data: { refusals },
      };
    });
  },

  describe: ({ refusals: [refusal, ...more] }) => ({
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
      ...(more.length > 0 ? [again(refusal, more)] : []),
      ...(refusal.certain
        ? []
        : [{ role: 'when' as const, text: 'it fails when this code runs, not when the module loads' }]),
    ],
  }),
});

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
      return [owner, refusal.kind, refusal.scope ?? /[^.]*$/.exec(file)![0]];
    case 'wrapper-variable':
      return [owner, refusal.kind, refusal.specifier ?? refusal.name];
    default:
      return [owner, refusal.kind];
  }
}

/** A refusal at load time represents the others. */
function compareRefusals(a: NodeRefusal, b: NodeRefusal): number {
  return Number(b.certain) - Number(a.certain) || comparePlaces(a.place, b.place);
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
