import type { Node } from 'oxc-parser';
import { remembered } from '../collections/remembered.js';
import type { LocalDeclaration, ModuleRecord } from '../model/module-record.js';
import type { Span } from '../model/place.js';
import { placeOf } from '../model/place.js';
import type { FilePath } from '../model/place.js';
import type { WorkspacePackage } from '../model/workspace.js';
import type { SourceDeclaration } from '../model/source-declaration.js';
import { isTestFile } from '../read/is-test-file.js';
import { declaredNames } from './exports/declared-names.js';
import type { ModuleStore } from './module-store.js';
import { extensionOf, languageOf } from './language-of.js';
import { parseSource } from './parse-source.js';
import { orTooDeep } from './too-deep.js';

/** A declaration, and what is needed to write a re-export of it. */
export interface FoundDeclaration extends SourceDeclaration {
  readonly file: FilePath;
  /**
   * The name under which its own file exports it: another one in `export default function a`;
   * absent if it is private.
   */
  readonly exportedAs?: string;
  readonly form: 'module' | 'commonjs';
}

/**
 * Finds where a package's sources declare a top-level name. Exported declarations come before
 * private ones, values before types, code before tests. Among equals the first file is used. It
 * reads only files whose text contains the name.
 */
export class SourceDeclarations {
  readonly #modules: ModuleStore;
  readonly #sourcesOf: (pkg: WorkspacePackage) => readonly FilePath[];
  readonly #found = new Map<string, FoundDeclaration | undefined>();
  /** The files that were searched last: many missing names often come from one package. */
  readonly #searched = new Map<FilePath, SearchedFile>();

  constructor(modules: ModuleStore, sourcesOf: (pkg: WorkspacePackage) => readonly FilePath[]) {
    this.#modules = modules;
    this.#sourcesOf = sourcesOf;
  }

  find(pkg: WorkspacePackage, name: string): FoundDeclaration | undefined {
    const key = `${pkg.project}\n${name}`;
    if (!this.#found.has(key)) this.#found.set(key, this.#search(pkg, name));
    return this.#found.get(key);
  }

  #search(pkg: WorkspacePackage, name: string): FoundDeclaration | undefined {
    let best: FoundDeclaration | undefined;
    for (const file of this.#sourcesOf(pkg)) {
      const text = this.#modules.text(file);
      if (!text?.includes(name)) continue;
      const found = this.#inModule(file, text, name);
      if (found && (!best || rank(found) < rank(best))) best = found;
    }
    return best;
  }

  #searchedFile(file: FilePath, text: string): SearchedFile {
    if (this.#searched.size > MOST_SEARCHED) this.#searched.clear();
    return remembered(this.#searched, file, () => {
      const record = this.#modules.recordWithAllLocals(file, text);
      const own = record.commonjs?.assigned.filter(({ from }) => from === undefined) ?? [];
      return { record, assigned: new Map(own.toReversed().map((entry) => [entry.name, entry])) };
    });
  }

  #inModule(file: FilePath, text: string, name: string): FoundDeclaration | undefined {
    const searched = this.#searchedFile(file, text);
    const { record } = searched;
    if (record.language === 'dts') return undefined;
    // A name from another module is declared there.
    const assigned = searched.assigned.get(name);
    if (assigned && !record.commonjs?.lost?.includes(name)) {
      const place = placeOf(file, assigned);
      return { file, place, exported: true, exportedAs: name, kind: 'value', form: 'commonjs' };
    }
    const local = localsOf(searched).get(name) ?? privatesOf(searched, file, text).get(name);
    const entry = exportOf(record, name);
    if (!local && !entry) return undefined;
    const isType = local ? !local.value : entry!.typeOnly;
    return {
      file,
      place: placeOf(file, local ?? entry!),
      exported: entry !== undefined,
      ...(entry && { exportedAs: entry.name }),
      kind: isType ? 'type' : 'value',
      ...(local && isAmbient(text, local.start) && { ambient: true as const }),
      form: record.commonjs ? 'commonjs' : 'module',
    };
  }
}

const MOST_SEARCHED = 20;

interface SearchedFile {
  readonly record: ModuleRecord;
  readonly assigned: ReadonlyMap<string, Span>;
  locals?: ReadonlyMap<string, LocalDeclaration>;
  privates?: ReadonlyMap<string, PrivateName>;
}

type PrivateName = Pick<LocalDeclaration, 'start' | 'end' | 'value'>;

function localsOf(searched: SearchedFile): ReadonlyMap<string, LocalDeclaration> {
  return (searched.locals ??= new Map(
    searched.record.locals.toReversed().map((local) => [local.name, local]),
  ));
}

/** `export declare const x` */
function isAmbient(text: string, start: number): boolean {
  return /\bdeclare\s+(?:abstract\s+)?[a-z]+\s+$/.test(text.slice(Math.max(0, start - 60), start));
}

type LocalExport = Extract<ModuleRecord['exports'][number], { readonly kind: 'local' }>;

/** The export of a name or, without one, of the declaration of that name under another name. */
function exportOf(record: ModuleRecord, name: string): LocalExport | undefined {
  const entries = record.exports.filter((entry): entry is LocalExport => entry.kind === 'local');
  return entries.find((entry) => entry.name === name) ?? entries.find(({ local }) => local === name);
}

/** JavaScript's records list no private declarations, so these are searched in the tree. */
function privatesOf(searched: SearchedFile, file: FilePath, text: string): ReadonlyMap<string, PrivateName> {
  const { language } = searched.record;
  if (language !== 'js' && language !== 'jsx') return new Map();
  return (searched.privates ??= new Map(
    declarationsIn(file, text)
      .toReversed()
      .map(({ id, value }) => [id.name, { ...id, value }]),
  ));
}

function declarationsIn(file: FilePath, text: string): ReturnType<typeof declaredNames> {
  const source = parseSource(text, languageOf(file), extensionOf(file));
  if (source.syntaxError) return [];
  return orTooDeep(() => (source.program.body as readonly Node[]).flatMap(declaredNames), []);
}

/**
 * The top-level statements of a text that declare a name without exporting it; undefined if the
 * text does not parse.
 */
export function statementsDeclaring(file: FilePath, text: string, name: string): readonly Node[] | undefined {
  const source = parseSource(text, languageOf(file), extensionOf(file));
  if (source.syntaxError) return undefined;
  const declares = (statement: Node): boolean => declaredNames(statement).some(({ id }) => id.name === name);
  return orTooDeep(() => (source.program.body as readonly Node[]).filter(declares), undefined);
}

function rank(found: FoundDeclaration): number {
  return (isTestFile(found.file) ? 4 : 0) + (found.exported ? 0 : 2) + (found.kind === 'value' ? 0 : 1);
}
