import type { ModuleRecord, ModuleRequest } from '../model/module-record.js';
import { placeOf } from '../model/place.js';
import type { FilePath, Place } from '../model/place.js';
import type { UnknownFact, Surface } from '../model/surface.js';
import { recordOfBlocks } from './ambient-entry.js';
import type { Binding } from './binding.js';
import type { LinkHost, Target } from './follow.js';
import type { NamedExport } from './own-exports.js';
import type { StarGraph } from './star-graph.js';
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

/** A file that a module requires. `required` is undefined if it cannot be read. */
export interface RequiredBy {
  readonly specifier: string;
  readonly required: RequiredFile | undefined;
}

export interface RequiredFile {
  readonly file: FilePath;
  readonly format: Surface['format'];
}

/**
 * What the functions that link one module format need from the whole: the way on into modules of
 * any format.
 */
export interface Linker {
  readonly host: LinkHost;
  readonly stars: StarGraph;
  kindOf(file: FilePath, view: View): FileKind;
  /** Everything that a file exports, remembered. */
  of(file: FilePath, view: View): Surface;
  /** One name of a file, remembered. */
  binding(file: FilePath, name: string, view: View): Binding;
  /** The file that a `require` of the step's file loads, remembered; undefined if that cannot be read. */
  required(step: LinkStep, specifier: string): RequiredFile | undefined;
  /** The same for a list of the step's file. Hundreds of files may all pass on each other's names, so each list is read once. */
  requiredBy(step: LinkStep, specifiers: readonly string[]): readonly RequiredBy[];
  /** Whether the walk has visited the name and has no result for it. */
  isCircle(step: LinkStep, name: string): boolean;
  /** One name of the step's file, as part of a walk. */
  resolve(step: LinkStep, name: string): Binding;
  /** An explicit export of the step's file, as part of a walk. */
  ofOwn(step: LinkStep, entry: NamedExport): Binding;
  /** All names of the step's file, as part of a walk. */
  names(step: LinkStep): FoundNames;
  /** One more level of a recursion over files that does not pass through `names`. */
  deeper(file: FilePath, work: () => FoundNames): FoundNames;
  /** Computes something once per key. */
  remember(key: string, make: () => FoundNames): FoundNames;
}

/** See `LinkStep.id`. */
export function idOfModule({ file, view }: { readonly file: FilePath; readonly view: View }): string {
  return view.ambient === undefined ? file : `${file}\n${view.ambient}`;
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
  /** How often the walk, side walks included, reached what it had visited. Other results are the same in every walk. */
  readonly circles: { count: number; followed?: number };

  constructor(
    linker: Linker,
    file: FilePath,
    view: View,
    visited = new Set<string>(),
    circles: LinkStep['circles'] = { count: 0 },
  ) {
    this.linker = linker;
    this.file = file;
    this.view = view;
    this.visited = visited;
    this.circles = circles;
  }

  get record(): ModuleRecord | undefined {
    const record = this.linker.host.record(this.file);
    const { ambient } = this.view;
    return record && ambient !== undefined ? recordOfBlocks(record, ambient) : record;
  }

  /** What distinguishes the step's module from others: a file may declare several. */
  get id(): string {
    return idOfModule(this);
  }

  follow(request: ModuleRequest): Target {
    return this.linker.host.follow(this.file, request, this.view);
  }

  placeOf(span: { readonly start: number; readonly end: number }): Place {
    return placeOf(this.file, span);
  }

  /** The same walk in another file. */
  into({ file, view }: { readonly file: FilePath; readonly view: View }): LinkStep {
    return new LinkStep(this.linker, file, view, this.visited, this.circles);
  }

  /**
   * A side walk from here: it knows what was visited, and the main walk does not learn what it
   * visits.
   */
  aside(): LinkStep {
    return new LinkStep(this.linker, this.file, this.view, new Set(this.visited), this.circles);
  }

  /** A new walk that begins in the same file. */
  restarted(): LinkStep {
    return new LinkStep(this.linker, this.file, this.view);
  }
}
