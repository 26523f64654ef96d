import { hash } from 'node:crypto';
import type { Report } from './model/report.js';
import { engineKey } from './parse/kept-facts.js';
import type { CacheFolder } from './read/cache-folder.js';
import type { Disk } from './read/disk.js';
import type { Observations } from './read/observed-disk.js';
import { findsTheSame } from './resolve/installed-packages.js';

/** A larger file is not written. */
const LARGEST_FILE = 64 * 1024 * 1024;
const REPORTS = '.reports';

interface KeptFile {
  /** Identifies the engine and what it was called with. */
  readonly key: string;
  readonly seen: Observations;
  /** By the question, as JSON. */
  readonly reports: readonly (readonly [question: string, report: string])[];
}

/**
 * The reports of an earlier process, for a process that checks the same projects.
 *
 * They are used only if everything that the earlier process has seen on the disk is the same now
 * (`Observations`), and if it was called with the same input by the same engine. The file has a
 * hash of its own, so that a damaged file counts as absent.
 */
export class KeptReports {
  readonly #folder: CacheFolder;
  readonly #disk: Disk;
  readonly #key: string;
  readonly #projects: () => readonly string[];
  #name: string | undefined;
  readonly #earlier = new Map<string, string>();
  readonly #new = new Map<string, Report>();
  #stale = false;
  #replays = 0;

  /**
   * @param disk must observe
   * @param input identifies what the caller says about the workspace
   * @param projects all projects. The reports of others are removed from the folder.
   */
  constructor(folder: CacheFolder, disk: Disk, input: string, projects: () => readonly string[]) {
    this.#folder = folder;
    this.#disk = disk;
    this.#key = hash('sha256', `${engineKey()}\n${input}`, 'base64url');
    this.#projects = projects;
  }

  /** How many reports were taken from the folder. */
  get replays(): number {
    return this.#replays;
  }

  /**
   * @param project the one that is checked
   * @param question everything that the report depends on besides the disk and the input
   */
  remember(project: string, question: string, check: () => Report): Report {
    this.#open(project);
    const known = this.#earlier.get(question);
    if (known !== undefined) {
      this.#replays++;
      return JSON.parse(known) as Report;
    }
    const report = check();
    this.#new.set(question, report);
    return report;
  }

  /** Writes what is new. It never throws. */
  save(): void {
    if (this.#name === undefined || (this.#new.size === 0 && !this.#stale)) return;
    const seen = this.#disk.observations();
    if (!seen) return;
    const fresh = [...this.#new].map(([question, report]) => [question, JSON.stringify(report)] as const);
    const text = JSON.stringify({
      key: this.#key,
      seen,
      reports: [...this.#earlier, ...fresh],
    } satisfies KeptFile);
    const bytes = Buffer.from(`${hash('sha256', text, 'hex')}\n${text}`);
    const names = new Set(this.#projects().map(fileNameOf));
    const isKept = (name: string): boolean => names.has(name) || !name.endsWith(REPORTS);
    if (bytes.length <= LARGEST_FILE) this.#folder.write(this.#name, bytes, isKept);
  }

  /** Reads the file of the process that has checked this project first. */
  #open(project: string): void {
    if (this.#name !== undefined) return;
    this.#name = fileNameOf(project);
    const kept = this.#read(this.#name);
    if (kept?.key !== this.#key) return;
    const state = this.#disk.compare(kept.seen);
    if (state === 'different' || !findsTheSame(this.#disk, kept.seen.installed)) return;
    this.#stale = state === 'stale';
    for (const [question, report] of kept.reports) this.#earlier.set(question, report);
  }

  #read(name: string): KeptFile | undefined {
    const text = this.#folder.read(name)?.toString();
    const line = text?.indexOf('\n') ?? -1;
    if (text === undefined || hash('sha256', text.slice(line + 1), 'hex') !== text.slice(0, line))
      return undefined;
    return JSON.parse(text.slice(line + 1)) as KeptFile;
  }
}

function fileNameOf(project: string): string {
  return hash('sha256', project, 'hex').slice(0, 32) + REPORTS;
}
