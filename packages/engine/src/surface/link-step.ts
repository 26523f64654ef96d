import type { ModuleRecord, ModuleRequest } from '../model/module-record.js';
import { placeOf } from '../model/place.js';
import type { FilePath, Place } from '../model/place.js';
import type { UnknownFact, Surface } from '../model/surface.js';
import type { Binding } from './binding.js';
import type { LinkHost, Target } from './follow.js';
import type { View } from './view.js';

/** Names that a walk found, and the reasons why there may be more. */
export interface FoundNames {
  readonly names: ReadonlySet<string>;
  readonly unknownFacts: readonly UnknownFact[];
}

/** How a file's names are found, or why they cannot be found. */
export type FileKind =
  | { readonly format: Surface['format'] }
  | { readonly format: 'unreadable'; readonly unknownFact: UnknownFact };

/**
 * What the functions that link one module format need from the whole: the way on into modules of
 * any format.
 */
export interface Linker {
  readonly host: LinkHost;
  kindOf(file: FilePath, view: View): FileKind;
  /** Everything that a file exports, remembered. */
  of(file: FilePath, view: View): Surface;
  /** One name of a file, remembered. */
  binding(file: FilePath, name: string, view: View): Binding;
  /** One name of the step's file, as part of a walk. */
  resolve(step: LinkStep, name: string): Binding;
  /** All names of the step's file, as part of a walk. */
  names(step: LinkStep): FoundNames;
  /** One more level of a recursion over files that does not pass through `names`. */
  deeper(file: FilePath, work: () => FoundNames): FoundNames;
  /** Computes something once per key. */
  remember(key: string, make: () => FoundNames): FoundNames;
}

/**
 * One step of a walk through modules: the file to link, the view to link it under, and what the
 * walk has visited. Steps of one walk share `visited`. A walk for one name stores a file with the
 * name in it (the resolveSet of ECMA-262 ResolveExport), a walk for all names stores files.
 */
export class LinkStep {
  readonly linker: Linker;
  readonly file: FilePath;
  readonly view: View;
  readonly visited: Set<string>;

  constructor(linker: Linker, file: FilePath, view: View, visited = new Set<string>()) {
    this.linker = linker;
    this.file = file;
    this.view = view;
    this.visited = visited;
  }

  get record(): ModuleRecord | undefined {
    return this.linker.host.record(this.file);
  }

  follow(request: ModuleRequest): Target {
    return this.linker.host.follow(this.file, request, this.view);
  }

  placeOf(span: { readonly start: number; readonly end: number }): Place {
    return placeOf(this.file, span);
  }

  /** The same walk in another file. */
  into({ file, view }: { readonly file: FilePath; readonly view: View }): LinkStep {
    return new LinkStep(this.linker, file, view, this.visited);
  }

  /**
   * A side walk from here: it knows what was visited, and the main walk does not learn what it
   * visits.
   */
  aside(): LinkStep {
    return new LinkStep(this.linker, this.file, this.view, new Set(this.visited));
  }

  /** A new walk that begins in the same file. */
  restarted(): LinkStep {
    return new LinkStep(this.linker, this.file, this.view);
  }
}
