import type { FilePath } from '../model/place.js';
import { formatOf } from '../read/package-scope.js';
import { loadedFile, refusalsIn } from './node-refusals.js';
import type { NodeView } from './node-refusals.js';
import { linksByText, ProvenFiles } from './proven-files.js';

/**
 * Proves that Node refuses nothing that a package's entry file may load. This is cheaper than the
 * exact search: CommonJS is only scanned as text, and every file is read once per run. The proof
 * covers more files than load, so a failed proof says nothing.
 */
export class SoundForNode {
  readonly #view: NodeView;
  readonly #sound = new ProvenFiles();

  constructor(view: NodeView) {
    this.#view = view;
  }

  provenFrom(entry: FilePath): boolean {
    const isInside = (file: FilePath): boolean => this.#view.inside(file) !== undefined;
    return this.#sound.prove(entry, isInside, (file) => this.#byText(file) ?? this.#byRecord(file));
  }

  /**
   * CommonJS by name and text: Node refuses nothing in it, and its text quotes all its requests.
   */
  #byText(file: FilePath): readonly FilePath[] | undefined {
    const { resolver } = this.#view;
    const scan = this.#view.scan(file);
    if (!scan || !linksByText(file, scan)) return undefined;
    if (formatOf(resolver.disk, file, false) === 'esm') return undefined;
    return [...scan.localPaths, ...scan.mentioned].flatMap((specifier) => {
      const found = resolver.resolve(specifier, file, { mode: 'require', phase: 'runtime' });
      if (found.kind === 'package') return found.entry.outcome === 'file' ? found.entry.file : [];
      return found.kind === 'file' ? found.file : [];
    });
  }

  #byRecord(file: FilePath): readonly FilePath[] | undefined {
    const record = this.#view.record(file);
    if (record?.language !== 'js') return [];
    if (refusalsIn(this.#view, file, true).length > 0) return undefined;
    return record.requests.flatMap((request) => loadedFile(this.#view, file, request)?.file ?? []);
  }
}
