import type { EntryResolution } from '../model/demand.js';
import type { ModuleRecord } from '../model/module-record.js';
import type { NodeRefusal } from '../model/node-refusal.js';
import type { FilePath } from '../model/place.js';
import type { UnloadableEntry } from '../model/unloadable-entry.js';

/** What looking for such entry points needs. */
export interface EntriesView {
  /** The entry points as Node resolves them. */
  readonly entries: readonly Extract<EntryResolution, { readonly outcome: 'file' }>[];
  /** Whether an entry file is proven to load nothing that Node refuses. */
  isSound(file: FilePath): boolean;
  refusalsFrom(file: FilePath): readonly NodeRefusal[];
  /** Everything that the output contains. */
  modules(): Iterable<readonly [FilePath, ModuleRecord | undefined]>;
  text(file: FilePath): string | undefined;
}

/** Node fails before any code runs, or in the first statements. Another missing variable fails later, and often only in code that Node never reaches. */
const AT_ONCE: ReadonlySet<NodeRefusal['kind']> = new Set([
  'extension',
  'folder',
  'json-attribute',
  'module-syntax',
  'commonjs-code',
]);

/** Only bundlers have loaders for such files. */
const FOR_LOADERS =
  /[?!]|\.(?:css|s[ac]ss|less|styl|svg|png|jpe?g|gif|webp|avif|woff2?|vue|svelte|astro|html|graphql)$/;
const OF_BUNDLERS = /\bimport\.meta\.(?:env|hot|glob)\b|\b__webpack_\w+__\b/;

/** The entry points that Node cannot link or parse, unless the output shows that it is only for bundlers. */
export function unloadableEntries(view: EntriesView): readonly UnloadableEntry[] {
  const byFile = new Map(view.entries.map((entry) => [entry.file, entry]));
  const found = [...byFile.values()].flatMap((entry): readonly UnloadableEntry[] => {
    const { file, subpath } = entry;
    if (view.isSound(file)) return [];
    const refusals = view
      .refusalsFrom(file)
      .filter(({ kind, certain, through }) => certain && !through && AT_ONCE.has(kind));
    const [refusal] = refusals;
    if (!refusal) return [];
    const times = refusals.filter(({ kind }) => kind === refusal.kind).length;
    return [{ subpath, file, place: entry.place ?? { file, start: 0, end: 0 }, refusal, times }];
  });
  return found.length > 0 && isOnlyForBundlers(view) ? [] : found;
}

function isOnlyForBundlers(view: EntriesView): boolean {
  return [...view.modules()].some(
    ([file, record]) =>
      record?.language === 'js' &&
      (record.requests.some(({ specifier }) => FOR_LOADERS.test(specifier)) ||
        OF_BUNDLERS.test(view.text(file) ?? '')),
  );
}
