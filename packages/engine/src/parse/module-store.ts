import { remembered } from '../collections/remembered.js';
import type { FilePath, Span } from '../model/place.js';
import type { MemberRead, ModuleRecord, ValueMembers, WrapperUse } from '../model/module-record.js';
import type { Disk } from '../read/disk.js';
import type { ValueName } from './commonjs/value-members.js';
import { mayReadMembers } from '../text-scan/may-read-members.js';
import type { CalledImports } from './called-imports.js';
import type { KeptFacts } from './kept-facts.js';
import { loadFacts } from './load-facts.js';
import type { LoadFacts } from './load-facts.js';
import { memberReadsKey } from './member-reads.js';
import type { MemberReads } from './member-reads.js';
import { moduleEffects } from './module-effects.js';
import type { ModuleEffects } from './module-effects.js';
import {
  parseModule,
  readCalledImports,
  readMembers,
  readValues,
  readValueUses,
  readWrapperUses,
} from './parse-module.js';
import type { ValueUses } from './value-uses.js';

/**
 * The records of a run's modules. Each file is read and parsed once, on first use, for all
 * projects. This is the only place that turns files into records. Facts that follow from a file's
 * name and text are kept for later processes, if the caller has a folder for them.
 */
export class ModuleStore {
  readonly #records = new Map<FilePath, ModuleRecord | undefined>();
  /** Texts that were read for another purpose and may still have to be parsed. */
  readonly #texts = new Map<FilePath, string>();
  readonly #disk: Disk;
  readonly #kept: KeptFacts | undefined;
  readonly #valueUses = new Map<FilePath, ValueUses>();
  readonly #calledImports = new Map<FilePath, CalledImports>();
  readonly #memberReads = new Map<FilePath, MemberReads>();
  /** By file, then by the imported name. */
  /**
   * The text whose members were read last, because several names of one module often follow each
   * other.
   */
  #asking: { readonly file: FilePath; readonly text: string | undefined } | undefined;
  readonly #valueMembers = new Map<FilePath, Map<string, ValueMembers | undefined>>();
  /** The tree that was used last, because several names of one module often follow each other. */
  #values:
    | {
        readonly file: FilePath;
        readonly text: string | undefined;
        of?: { readonly name: ReturnType<typeof readValues> };
      }
    | undefined;
  #parses = 0;

  constructor(disk: Disk, kept?: KeptFacts) {
    this.#disk = disk;
    this.#kept = kept;
  }

  /** How many texts were parsed, each time that it happened. */
  get parses(): number {
    return this.#parses;
  }

  /**
   * A store over a later state of the same disk. It starts with this store's results for files with
   * the same content: everything that follows from a file's name and text alone. Missing files, and
   * texts that were not parsed, are read again.
   *
   * @param isSame whether a file's content is the same
   */
  renewed(disk: Disk, isSame: (file: FilePath) => boolean, kept?: KeptFacts): ModuleStore {
    const store = new ModuleStore(disk, kept);
    const same = new Map<FilePath, boolean>();
    const isKept = (file: FilePath): boolean => {
      const known = same.get(file) ?? isSame(file);
      same.set(file, known);
      return known;
    };
    for (const [file, record] of this.#records) if (record && isKept(file)) store.#records.set(file, record);
    for (const [file, uses] of this.#valueUses) if (isKept(file)) store.#valueUses.set(file, uses);
    for (const [file, calls] of this.#calledImports) if (isKept(file)) store.#calledImports.set(file, calls);
    for (const [file, reads] of this.#memberReads) if (isKept(file)) store.#memberReads.set(file, reads);
    for (const [file, members] of this.#valueMembers)
      if (isKept(file)) store.#valueMembers.set(file, members);
    return store;
  }

  /**
   * The record of a file, parsed on first use.
   *
   * @param file the module
   * @param text its text, if the caller has just read it
   * @returns undefined if the file does not exist
   * @throws VerifyError if the file cannot be read
   */
  record(file: FilePath, text?: string): ModuleRecord | undefined {
    if (this.#records.has(file)) return this.#records.get(file);
    const content = text ?? this.#texts.get(file) ?? this.#disk.readText(file);
    const record =
      content === undefined
        ? undefined
        : this.#remember('record', { file, text: content }, () => parseModule(file, content));
    this.#records.set(file, record);
    this.#texts.delete(file);
    return record;
  }

  /**
   * The text of a file that may not need parsing. It is kept until it is parsed, so that no file is
   * read twice.
   */
  text(file: FilePath): string | undefined {
    const text = this.#texts.get(file) ?? this.#disk.readText(file);
    if (text !== undefined && !this.#records.has(file)) this.#texts.set(file, text);
    return text;
  }

  /**
   * The members that a module reads from an imported name. Call it only if the name has members.
   *
   * @param specifierStart of the request
   * @param named the name in the import statement; undefined for another form of import
   */
  memberReads(
    file: FilePath,
    name: string,
    { specifierStart, named }: { readonly specifierStart: number; readonly named?: Span | undefined },
  ): readonly MemberRead[] {
    let reads = this.#memberReads.get(file);
    if (!reads) {
      if (this.#asking?.file !== file) this.#asking = { file, text: this.#disk.readText(file) };
      const { text } = this.#asking;
      if (text === undefined || (named && !mayReadMembers(text, named))) return [];
      reads = this.#rememberMap('member-reads', { file, text }, () => readMembers(file, text));
      this.#memberReads.set(file, reads);
    }
    return reads.get(memberReadsKey(specifierStart, name)) ?? [];
  }

  /**
   * Where a source uses imported names as values. Call it only if such a name is declared as a type
   * alone.
   */
  valueUses(file: FilePath): ValueUses {
    return remembered(this.#valueUses, file, () => {
      const text = this.#disk.readText(file);
      return text === undefined
        ? new Map()
        : this.#rememberMap('value-uses', { file, text }, () => readValueUses(file, text));
    });
  }

  /** Which imported names a module calls, constructs or extends. */
  calledImports(file: FilePath): CalledImports {
    return remembered(this.#calledImports, file, () => {
      const text = this.#disk.readText(file);
      return text === undefined
        ? new Map()
        : this.#rememberMap('called-imports', { file, text }, () => readCalledImports(file, text));
    });
  }

  /**
   * Where a file uses variables that only CommonJS has. Call it only for files that are ES modules
   * because of a package.json.
   */
  wrapperUses(file: FilePath): readonly WrapperUse[] {
    const text = this.#disk.readText(file);
    return text === undefined
      ? []
      : this.#remember('wrapper-uses', { file, text }, () => readWrapperUses(file, text));
  }

  /** The members of a value in a JavaScript module; undefined if they are unknown. */
  valueMembers(file: FilePath, name: ValueName): ValueMembers | undefined {
    const key = JSON.stringify(name);
    const known = this.#valueMembers.get(file) ?? new Map<string, ValueMembers | undefined>();
    this.#valueMembers.set(file, known);
    if (known.has(key)) return known.get(key);
    if (this.#values?.file !== file) this.#values = { file, text: this.#disk.readText(file) };
    const values = this.#values;
    const { text } = values;
    const read = (text: string): ValueMembers | null => {
      values.of ??= { name: readValues(file, text) };
      return values.of.name?.(name) ?? null;
    };
    const members =
      text === undefined
        ? undefined
        : (this.#remember(`value-members ${key}`, { file, text }, () => read(text)) ?? undefined);
    known.set(key, members);
    return members;
  }

  /**
   * A source's record with its private declarations. Only a few files are searched for a fix, so it
   * is not kept.
   */
  recordWithAllLocals(file: FilePath, text: string): ModuleRecord {
    return parseModule(file, text, { allLocals: true });
  }

  /** What a module does when it is loaded; undefined if its text is no script or does not parse. */
  effects(file: FilePath, text: string): ModuleEffects | undefined {
    return (
      this.#remember('effects', { file, text }, () => moduleEffects(file, text) ?? null) ?? undefined
    );
  }

  /** What evaluating an ES module does with imported names. */
  loadFacts(file: FilePath, text: string): LoadFacts {
    const extension = /[^.]*$/.exec(file)![0];
    const { reads, lexical } = this.#remember('load-facts', { file, text }, () => {
      const facts = loadFacts(text, extension);
      return { reads: facts.reads, lexical: [...facts.lexical] };
    });
    return { reads, lexical: new Set(lexical) };
  }

  #rememberMap<V>(
    kind: string,
    file: { readonly file: FilePath; readonly text: string },
    make: () => ReadonlyMap<string, V>,
  ): ReadonlyMap<string, V> {
    return new Map(this.#remember(kind, file, () => [...make()]));
  }

  #remember<T>(
    kind: string,
    file: { readonly file: FilePath; readonly text: string },
    make: () => T,
  ): T {
    const parsed = (): T => {
      this.#parses++;
      return make();
    };
    return this.#kept ? this.#kept.remember(kind, file, parsed) : parsed();
  }
}
