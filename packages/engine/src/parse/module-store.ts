import type { FilePath } from '../model/place.js';
import type { ModuleRecord } from '../model/module-record.js';
import type { Disk } from '../read/disk.js';
import { parseModule } from './parse-module.js';

/**
 * The records of a run's modules: each file is read once and parsed once, on first use, however many projects ask for it.
 * The only place that turns files into records, so that reading ahead, worker threads or a persistent cache fit in here.
 */
export class ModuleStore {
  readonly #records = new Map<FilePath, ModuleRecord | undefined>();
  /** Texts that were read for another purpose and may still have to be parsed. */
  readonly #texts = new Map<FilePath, string>();
  readonly #disk: Disk;

  constructor(disk: Disk) {
    this.#disk = disk;
  }

  /**
   * The record of a file, parsed on first use.
   *
   * @param file the module
   * @param text its text, where the caller has just read it
   * @returns undefined when there is no such file
   * @throws VerifyError when the file cannot be read
   */
  record(file: FilePath, text?: string): ModuleRecord | undefined {
    if (this.#records.has(file)) return this.#records.get(file);
    const content = text ?? this.#texts.get(file) ?? this.#disk.readText(file);
    const record = content === undefined ? undefined : parseModule(file, content);
    this.#records.set(file, record);
    this.#texts.delete(file);
    return record;
  }

  /** The text of a file that may not need parsing at all; kept until it is parsed, so that no file is read twice. */
  text(file: FilePath): string | undefined {
    const text = this.#texts.get(file) ?? this.#disk.readText(file);
    if (text !== undefined && !this.#records.has(file)) this.#texts.set(file, text);
    return text;
  }

  /** A source's record with its private declarations, too; for the few files that a fix is looked for in, so not kept. */
  recordWithAllLocals(file: FilePath, text: string): ModuleRecord {
    return parseModule(file, text, { allLocals: true });
  }
}
