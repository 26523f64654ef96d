import type { FilePath } from '../model/place.js';
import type { Surfaces } from '../surface/surfaces.js';
import { REQUIRE } from '../surface/view.js';
import type { TextScan } from '../text-scan/scan-text.js';
import { isBuilt, localTargets } from './link-errors.js';
import { linksByText, ProvenFiles } from './proven-files.js';

/** What the proof needs. */
export interface LinksView {
  readonly surfaces: Surfaces;
  scan(file: FilePath): TextScan | undefined;
  /** Whether one module's own requests have errors. */
  hasErrors(file: FilePath): boolean;
}

/**
 * Proves that nothing that an entry file may load has link errors. This is cheaper than finding the
 * errors: CommonJS links by paths only, so if every path in its text resolves to a file, it need
 * not be parsed. The proof covers more files than load, so a failed proof says nothing.
 */
export class SoundLinks {
  readonly #view: LinksView;
  readonly #sound = new ProvenFiles();

  constructor(view: LinksView) {
    this.#view = view;
  }

  /** Whether the proof succeeds for what an entry file may load from its own package. */
  provenFrom(entry: FilePath, inside: (file: FilePath) => boolean): boolean {
    return this.#sound.prove(entry, inside, (file) => this.#byText(file) ?? this.#byRecord(file));
  }

  /** The files that a CommonJS module's text refers to; undefined if it must be parsed. */
  #byText(file: FilePath): readonly FilePath[] | undefined {
    const scan = this.#view.scan(file);
    if (!scan || !linksByText(file, scan)) return undefined;
    const { host } = this.#view.surfaces;
    const targets: FilePath[] = [];
    for (const specifier of scan.localPaths) {
      const target = host.follow(file, { specifier, form: 'require', start: 0, end: 0 }, REQUIRE);
      if (target.kind === 'missing') return undefined;
      if (target.kind === 'file') targets.push(target.file);
    }
    return targets;
  }

  #byRecord(file: FilePath): readonly FilePath[] | undefined {
    const record = this.#view.surfaces.host.record(file);
    if (!record || !isBuilt(record)) return [];
    return this.#view.hasErrors(file) ? undefined : localTargets(this.#view.surfaces.host, file, record);
  }
}
