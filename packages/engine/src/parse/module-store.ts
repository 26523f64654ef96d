import { OwnStrings } from '../collections/own-strings.js';
import { remembered } from '../collections/remembered.js';
import type { AddedNames } from '../model/commonjs-facts.js';
import type { FilePath, Span } from '../model/place.js';
import type { MemberRead, ModuleRecord, ValueMembers, WrapperUse } from '../model/module-record.js';
import type { Disk } from '../read/disk.js';
import { textHash } from '../read/observed-disk.js';
import type { ValueName } from './commonjs/value-members.js';
import { mayReadMembers } from '../text-scan/may-read-members.js';
import type { TextScan, TextScanner } from '../text-scan/scan-text.js';
import type { FileAhead } from './ahead/read-file-ahead.js';
import type { ReadAhead } from './ahead/read-ahead.js';
import type { CalledImports } from './called-imports.js';
import type { KeptFacts } from './kept-facts.js';
import { languageOf } from './language-of.js';
import { loadFacts } from './load-facts.js';
import type { LoadFacts } from './load-facts.js';
import { loadOrder } from './load-order.js';
import type { LoadOrder } from './load-order.js';
import { memberReadsKey } from './member-reads.js';
import type { MemberReads } from './member-reads.js';
import { moduleEffects } from './module-effects.js';
import type { ModuleEffects } from './module-effects.js';
import {
  parseModule,
  readAddedNames,
  readCalledImports,
  readMembers,
  readValues,
  readValueUses,
  readWrapperUses,
} from './parse-module.js';
import { treeCount } from './parse-source.js';
import { undeclaredExports } from './undeclared-exports.js';
import type { LocalExport } from './undeclared-exports.js';
import type { ValueUses } from './value-uses.js';

/** How much text is kept in case that it is needed again soon, in UTF-16 units. */
const RECENT = 4 * 1024 * 1024;

/**
 * The records of a run's modules, and other facts that follow from a file's name and text alone.
 * Each is determined once, on first use, for all projects. This is the only place that turns files
 * into records. Facts are kept for later processes if the caller has a folder for them.
 */
export class ModuleStore {
  readonly #disk: Disk;
  readonly #scanner: TextScanner;
  readonly #kept: KeptFacts | undefined;
  readonly #records = new Map<FilePath, ModuleRecord | undefined>();
  readonly #scans = new Map<FilePath, TextScan | undefined>();
  readonly #valueUses = new Map<FilePath, ValueUses>();
  readonly #calledImports = new Map<FilePath, CalledImports>();
  readonly #memberReads = new Map<FilePath, MemberReads>();
  readonly #withAllLocals = new Map<FilePath, ModuleRecord>();
  /** By file, then by the imported name. */
  readonly #valueMembers = new Map<FilePath, Map<string, ValueMembers | undefined>>();
  readonly #addedNames = new Map<FilePath, readonly AddedNames[]>();
  /** The tree that was used last, because several names of one module often follow each other. */
  #values: { readonly file: FilePath; readonly of: ReturnType<typeof readValues> } | undefined;
  /** The texts that were read last, the oldest first. */
  readonly #recent = new Map<FilePath, string | undefined>();
  #recentSize = 0;
  /** Which text a file has, for the kept facts. */
  readonly #hashes = new Map<FilePath, string | undefined>();
  readonly #strings = new OwnStrings();
  #ahead: ReadAhead | undefined;
  #parses = 0;
  #trees = 0;

  constructor(disk: Disk, scanner: TextScanner, kept?: KeptFacts) {
    this.#disk = disk;
    this.#scanner = scanner;
    this.#kept = kept;
  }

  /** How often a text was lexed or parsed. */
  get parses(): number {
    return this.#parses;
  }

  /** For how many of them this thread needed a tree, because the lexer was not enough. */
  get trees(): number {
    return this.#trees;
  }

  /**
   * Takes over what another store, of an earlier state of the same disk, knows about files with the
   * same content. Missing files, and texts that were not parsed, are read again.
   *
   * @param isSame whether a file's content is the same
   */
  takeOver(earlier: ModuleStore, isSame: (file: FilePath) => boolean): void {
    const same = new Map<FilePath, boolean>();
    const isKept = (file: FilePath): boolean => remembered(same, file, () => isSame(file));
    const take = <V>(from: ReadonlyMap<FilePath, V>, to: Map<FilePath, V>): void => {
      for (const [file, fact] of from) if (fact !== undefined && isKept(file)) to.set(file, fact);
    };
    take(earlier.#records, this.#records);
    take(earlier.#valueUses, this.#valueUses);
    take(earlier.#calledImports, this.#calledImports);
    take(earlier.#memberReads, this.#memberReads);
    take(earlier.#valueMembers, this.#valueMembers);
    take(earlier.#addedNames, this.#addedNames);
    if (earlier.#scanner.key === this.#scanner.key) take(earlier.#scans, this.#scans);
  }

  /**
   * The record of a file, parsed on first use.
   *
   * @returns undefined if the file does not exist
   * @throws VerifyError if the file cannot be read
   */
  record(file: FilePath): ModuleRecord | undefined {
    return remembered(this.#records, file, () => {
      this.#takeAhead(file);
      return this.#records.has(file)
        ? this.#records.get(file)
        : this.#fact('record', file, (text) => this.#parsed(() => parseModule(file, text)));
    });
  }

  /**
   * What cheap tests of a file's text show.
   *
   * @returns undefined if the file does not exist
   * @throws VerifyError if the file cannot be read
   */
  scan(file: FilePath): TextScan | undefined {
    const { key } = this.#scanner;
    return remembered(this.#scans, file, () => {
      this.#takeAhead(file);
      return this.#scans.has(file)
        ? this.#scans.get(file)
        : this.#fact('scan', file, (text) => this.#scanner.scan(text, languageOf(file) === 'dts'), key);
    });
  }

  /** Uses what workers read. Call it before anything is read; results are the same without them. */
  useAhead(ahead: ReadAhead | undefined): void {
    this.#ahead = ahead;
  }

  /** Takes over what a worker has read of a file. */
  #takeAhead(file: FilePath): void {
    const found = this.#ahead?.take(file);
    if (!found) return;
    this.#disk.haveRead(file, found.hash, found.signature);
    this.#scans.set(file, this.#strings.in(JSON.parse(found.scan) as TextScan, false));
    if (found.record !== undefined) {
      this.#parses++;
      this.#records.set(file, this.#strings.in(JSON.parse(found.record) as ModuleRecord, false));
    }
    if (this.#kept) this.#keepAhead(file, found, this.#kept);
  }

  #keepAhead(file: FilePath, { hash: textHash, signature, scan, record }: FileAhead, kept: KeptFacts): void {
    this.#hashes.set(file, textHash);
    kept.setSignature(file, textHash, signature);
    kept.setJson({ file, textHash, kind: 'scan', version: this.#scanner.key }, scan);
    if (record !== undefined) kept.setJson({ file, textHash, kind: 'record', version: '' }, record);
  }

  /** The text of a file; undefined if it does not exist. Prefer `scan`, which does not read it again. */
  text(file: FilePath): string | undefined {
    if (this.#recent.has(file)) return this.#recent.get(file);
    const text = this.#disk.readText(file);
    this.#recent.set(file, text);
    this.#recentSize += text?.length ?? 0;
    for (const [oldest, content] of this.#recent) {
      if (this.#recentSize <= RECENT) break;
      this.#recent.delete(oldest);
      this.#recentSize -= content?.length ?? 0;
    }
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
      const key = named ? `${named.start} ${named.end}` : '';
      if (named && !this.#fact(`may-read-members ${key}`, file, (text) => mayReadMembers(text, named)))
        return [];
      reads = new Map(
        this.#fact('member-reads', file, (text) => this.#parsed(() => [...readMembers(file, text)])) ?? [],
      );
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
      const uses = this.#fact('value-uses', file, (text) =>
        this.#parsed(() => [...readValueUses(file, text)]),
      );
      return new Map(uses ?? []);
    });
  }

  /** Where a module uses imported modules as functions or iterables. */
  calledImports(file: FilePath): CalledImports {
    return remembered(this.#calledImports, file, () => {
      const calls = this.#fact('called-imports', file, (text) =>
        this.#parsed(() => [...readCalledImports(file, text)]),
      );
      return new Map(calls ?? []);
    });
  }

  /**
   * Where a file uses variables that only CommonJS has. Call it only for files that are ES modules
   * because of a package.json.
   */
  wrapperUses(file: FilePath): readonly WrapperUse[] {
    return this.#fact('wrapper-uses', file, (text) => this.#parsed(() => readWrapperUses(file, text))) ?? [];
  }

  /** The exports of a JavaScript module that name no declaration. */
  undeclaredExports(file: FilePath): readonly LocalExport[] {
    const record = this.record(file);
    return record
      ? (this.#fact('undeclared-exports', file, (text) => undeclaredExports(text, record)) ?? [])
      : [];
  }

  /** The members of a value in a JavaScript module; undefined if they are unknown. */
  valueMembers(file: FilePath, name: ValueName): ValueMembers | undefined {
    const known = remembered(this.#valueMembers, file, () => new Map<string, ValueMembers | undefined>());
    const key = JSON.stringify(name);
    return remembered(known, key, () => {
      const read = (text: string): ValueMembers | null => {
        if (this.#values?.file !== file)
          this.#values = { file, of: this.#parsed(() => readValues(file, text)) };
        return this.#values.of?.(name) ?? null;
      };
      return this.#fact(`value-members ${key}`, file, read) ?? undefined;
    });
  }

  /** The names that a module sets on the exports of other modules. Call it only if such a name is missing there. */
  addedNames(file: FilePath): readonly AddedNames[] {
    return remembered(
      this.#addedNames,
      file,
      () => this.#fact('added-names', file, (text) => this.#parsed(() => readAddedNames(file, text))) ?? [],
    );
  }

  /** What a module does when it is loaded; undefined if its text is no script or does not parse. */
  effects(file: FilePath): ModuleEffects | undefined {
    const read = (text: string): ModuleEffects | null =>
      this.#parsed(() => moduleEffects(file, text)) ?? null;
    const effects = this.#fact('effects', file, read);
    return (effects === undefined ? read('') : effects) ?? undefined;
  }

  /** What evaluating an ES module does with imported names. */
  loadFacts(file: FilePath): LoadFacts {
    const extension = /[^.]*$/.exec(file)![0];
    const facts = this.#fact('load-facts', file, (text) => {
      const { reads, lexical } = this.#parsed(() => loadFacts(text, extension));
      return { reads, lexical: [...lexical] };
    });
    return { reads: facts?.reads ?? [], lexical: new Set(facts?.lexical) };
  }

  /** What a CommonJS module does while it loads. */
  loadOrder(file: FilePath): LoadOrder {
    const extension = /[^.]*$/.exec(file)![0];
    const order = this.#fact('load-order', file, (text) => this.#parsed(() => loadOrder(text, extension)));
    return order ?? { requires: [], uses: [], exported: [], maybe: [], openFrom: 0, uncertainFrom: 0 };
  }

  /**
   * A source's record with its private declarations. Only a few files are searched for a fix, so it
   * is not kept for later processes.
   */
  recordWithAllLocals(file: FilePath, text: string): ModuleRecord {
    return remembered(this.#withAllLocals, file, () =>
      this.#parsed(() => parseModule(file, text, { allLocals: true })),
    );
  }

  /** Whether facts are kept for later processes. */
  get keepsFacts(): boolean {
    return this.#kept !== undefined;
  }

  /** The record of a file, if it was needed before. */
  knownRecord(file: FilePath): ModuleRecord | undefined {
    return this.#records.get(file);
  }

  /** Identifies the text of a file. Only if facts are kept. */
  textHashOf(file: FilePath): string | undefined {
    const kept = this.#kept;
    if (!kept) return undefined;
    return remembered(this.#hashes, file, () => {
      const signature = this.#disk.signatureOf(file);
      const known = signature === undefined ? undefined : kept.hashBySignature(file, signature);
      if (known !== undefined) {
        this.#disk.observed?.texts.set(file, { hash: known, signature: signature! });
        return known;
      }
      const text = this.text(file);
      if (text === undefined) return undefined;
      const hash = this.#disk.observed?.texts.get(file)?.hash ?? textHash(text);
      kept.setSignature(file, hash, signature ?? '');
      return hash;
    });
  }

  /** A fact about more than the file's text, kept by an earlier process. `version` identifies the rest. */
  keptFact(file: FilePath, kind: string, version: string): unknown {
    const textHash = this.textHashOf(file);
    return textHash === undefined ? undefined : this.#kept?.get({ file, textHash, kind, version });
  }

  keepFact(file: FilePath, kind: string, version: string, fact: unknown): void {
    const textHash = this.textHashOf(file);
    if (textHash !== undefined) this.#kept?.set({ file, textHash, kind, version }, fact);
  }

  #parsed<T>(parse: () => T): T {
    this.#parses++;
    const before = treeCount();
    try {
      return parse();
    } finally {
      if (treeCount() > before) this.#trees++;
    }
  }

  /**
   * A fact about a file's text, kept from an earlier process or else made. The text is read only if
   * it is not known yet which text the file has, or to make the fact.
   *
   * @param make returns plain data that can be written as JSON
   * @param version facts of another version of the same kind are not used
   * @returns undefined if the file does not exist
   */
  #fact<T>(kind: string, file: FilePath, make: (text: string) => T, version = ''): T | undefined {
    const kept = this.#kept;
    if (!kept) {
      const text = this.text(file);
      return text === undefined ? undefined : this.#strings.in(make(text));
    }
    const textHash = this.textHashOf(file);
    if (textHash === undefined) return undefined;
    return kept.remember({ file, textHash, kind, version }, () => this.#strings.in(make(this.text(file)!)));
  }
}
