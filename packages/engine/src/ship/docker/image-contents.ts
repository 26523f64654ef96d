import { remembered } from '../../collections/remembered.js';
import { reachedFrom } from '../../collections/reached-from.js';
import nodePath from 'node:path';
import { isWithin } from '../../read/file-path.js';
import type { ContextFilter } from './context-filter.js';
import { pathMatcher } from './ignore-pattern.js';
import type { IgnorePattern } from './ignore-pattern.js';
import type { CopyStep, ImagePlan, OpaqueStep, RunStep, Stage } from '../../model/image-plan.js';
import type { BroughtPath } from '../../model/image-plan.js';

/** Each stage may double the paths of a file. No real image copies a file to more than a few. */
const MOST_PLACES = 1000;

/** What becomes of one path of the build context. */
export type ImageVerdict =
  /** It is in the image, at these absolute paths. */
  | { readonly kind: 'in'; readonly paths: readonly string[] }
  /** It would be copied, but the ignore file excludes it. */
  | { readonly kind: 'ignored'; readonly by: IgnorePattern; readonly copy: CopyStep }
  /** Nothing copies it into the stage that makes the image. `stage` is that stage. */
  | { readonly kind: 'not-copied'; readonly stage: Stage; readonly last?: CopyStep };

/**
 * Which path of the build context becomes which path of the image, by COPY and ADD. Files that
 * commands create inside the image are not followed. `makers` and `opaque` are the steps that may
 * create files.
 */
export class ImageContents {
  readonly #plan: ImagePlan;
  readonly #filter: ContextFilter;
  readonly #final: number;
  /** The stages that the image is made of or takes something from, the final one first. */
  readonly #contributing: readonly number[];
  readonly #places = new Map<string, Map<number, readonly string[]>>();
  /** A COPY that puts one file at too many paths to list. */
  #crowded: CopyStep | undefined;

  /** @param target the stage that is built, by its index in the plan; the last stage if absent */
  constructor(plan: ImagePlan, filter: ContextFilter, target?: number) {
    this.#plan = plan;
    this.#filter = filter;
    this.#final = target ?? plan.stages.length - 1;
    this.#contributing = contributors(plan, this.#final);
  }

  /**
   * Commands that may add files which no COPY names, in the image or in a stage that it copies
   * from.
   */
  get makers(): readonly RunStep[] {
    return this.#steps().filter((step) => step.kind === 'run' && step.what !== 'prune') as RunStep[];
  }

  get opaque(): readonly OpaqueStep[] {
    const opaque = this.#steps().filter((step) => step.kind === 'opaque');
    if (!this.#crowded) return opaque;
    const reason = `the stages copy a file to more than ${MOST_PLACES} paths`;
    return [...opaque, { kind: 'opaque', reason, place: this.#crowded.place }];
  }

  /** Copies from the build context, in the stages that matter. */
  get contextCopies(): readonly CopyStep[] {
    return this.#steps().filter((step) => step.kind === 'copy' && step.from === undefined) as CopyStep[];
  }

  /** @param path relative to the context's root */
  verdictOn(path: string): ImageVerdict {
    const context = this.#filter.verdictOn(path);
    const paths = this.#placesIn(this.#final, path);
    if (paths.length > 0 && context.kept) return { kind: 'in', paths };
    if (paths.length > 0 && context.by) return this.#ignored(path, context.by);
    const stage = this.#plan.stages[this.#final]!;
    const last = this.lastCopy;
    return { kind: 'not-copied', stage, ...(last && { last }) };
  }

  /** Whether a path reaches any stage that the image is made from, and if not, why. */
  verdictInAnyStage(path: string): ImageVerdict {
    const context = this.#filter.verdictOn(path);
    const paths = this.#contributing.flatMap((stage) => this.#placesIn(stage, path));
    if (paths.length > 0 && context.kept) return { kind: 'in', paths };
    if (paths.length > 0 && context.by) return this.#ignored(path, context.by);
    return this.verdictOn(path);
  }

  /**
   * The image's own steps only copy, so every file comes from a known stage or from the build
   * context.
   */
  get onlyCopies(): boolean {
    return this.#chain(this.#final).every(({ steps }) =>
      steps.every((step) => step.kind === 'copy' || (step.kind === 'run' && step.what === 'prune')),
    );
  }

  /**
   * How a path of the context that commands create in another stage gets from there into the image.
   *
   * @param path relative to the context's root; need not be in the context
   * @returns the COPY, the path in its stage and the path in the image
   */
  broughtFromStage(path: string): BroughtPath | undefined {
    for (const { steps } of this.#chain(this.#final)) {
      for (const copy of steps) {
        if (copy.kind !== 'copy' || copy.from === undefined) continue;
        for (const there of this.#placesIn(copy.from, path)) {
          const [here] = targetsOf(copy, there);
          if (here !== undefined) return { copy, stage: this.#nameOf(copy.from), there, here };
        }
      }
    }
    return undefined;
  }

  get plan(): ImagePlan {
    return this.#plan;
  }

  get filter(): ContextFilter {
    return this.#filter;
  }

  /** The stage that makes the image. */
  get final(): number {
    return this.#final;
  }

  /** The paths of a context file in a stage; none if the ignore file excludes it. */
  pathsInStage(index: number, path: string): readonly string[] {
    return this.#filter.verdictOn(path).kept ? this.#placesIn(index, path) : [];
  }

  /** Whether the image takes something from a folder of a stage, or is made from that stage. */
  takesFrom(stage: number, folder: string): boolean {
    if (stage === this.#final) return true;
    return this.#contributing.some((index) =>
      this.#plan.stages[index]!.steps.some(
        (step) =>
          step.kind === 'copy' &&
          step.from === stage &&
          step.sources.some(
            (source) => isWithin(folder, source) || isWithin(source, folder) || source === '/',
          ),
      ),
    );
  }

  /** The commands of the stages that the image is made of, with their stages. */
  get runs(): readonly { readonly stage: number; readonly step: RunStep }[] {
    return this.#contributing.flatMap((stage) =>
      this.#plan.stages[stage]!.steps.flatMap((step) => (step.kind === 'run' ? [{ stage, step }] : [])),
    );
  }

  /** The last COPY of the image's own steps. */
  get lastCopy(): CopyStep | undefined {
    const steps = this.#chain(this.#final).flatMap((stage) => stage.steps);
    return steps.findLast((step) => step.kind === 'copy');
  }

  #nameOf(index: number): string {
    return this.#plan.stages[index]!.name ?? String(index);
  }

  #ignored(path: string, by: IgnorePattern): ImageVerdict {
    const copy = this.contextCopies.find((step) => targetsOf(step, `/${path}`).length > 0)!;
    return { kind: 'ignored', by, copy };
  }

  /** The paths of a context file in a stage if the ignore file did not have the line. */
  #placesIn(index: number, path: string): readonly string[] {
    const known = remembered(this.#places, path, () => new Map<number, readonly string[]>());
    return remembered(known, index, () => this.#findPlaces(index, path));
  }

  #findPlaces(index: number, path: string): readonly string[] {
    const stage = this.#plan.stages[index]!;
    const places = new Set(stage.base === undefined ? [] : this.#placesIn(stage.base, path));
    for (const step of stage.steps) {
      if (step.kind !== 'copy') continue;
      const origins = step.from === undefined ? [`/${path}`] : this.#placesIn(step.from, path);
      for (const origin of origins) for (const target of targetsOf(step, origin)) places.add(target);
      if (places.size > MOST_PLACES) this.#crowded ??= step;
    }
    return [...places].slice(0, MOST_PLACES);
  }

  #steps(): readonly (CopyStep | RunStep | OpaqueStep)[] {
    return this.#contributing.flatMap((index) => this.#plan.stages[index]!.steps);
  }

  #chain(index: number): readonly Stage[] {
    const stage = this.#plan.stages[index]!;
    return [...(stage.base === undefined ? [] : this.#chain(stage.base)), stage];
  }
}

function contributors(plan: ImagePlan, final: number): readonly number[] {
  const found = reachedFrom([final], (index) => {
    const { base, steps } = plan.stages[index]!;
    const used = steps.flatMap((step) => {
      if (step.kind === 'run') return step.mounts;
      return step.kind === 'copy' && step.from !== undefined ? [step.from] : [];
    });
    return base === undefined ? used : [base, ...used];
  });
  return [...found];
}

/**
 * The path to which one COPY copies one file. COPY copies the contents of a folder, not the folder
 * itself. Globs are Go's `filepath.Match`, and a folder that matches a glob is copied in the same
 * way.
 */
function targetsOf(step: CopyStep, origin: string): readonly string[] {
  return step.sources.flatMap((stated) => {
    const pivot = stated.lastIndexOf('/./');
    const source = stated.replaceAll('/./', '/');
    const matched = matchedPart(source, origin);
    if (matched === undefined || isExcluded(step, matched, origin)) return [];
    const isSelf = matched === origin;
    if (step.parents) {
      const kept =
        pivot < 0 ? origin.slice(1) : nodePath.posix.relative(stated.slice(0, pivot) || '/', origin);
      return nodePath.posix.join(step.target, kept);
    }
    if (!isSelf) return nodePath.posix.join(step.target, nodePath.posix.relative(matched, origin));
    const intoFolder = step.intoFolder || isGlob(source);
    return intoFolder ? nodePath.posix.join(step.target, nodePath.posix.basename(origin)) : step.target;
  });
}

/**
 * The part of a path, from its start, that a source names: the path itself or a folder above it.
 */
function matchedPart(source: string, origin: string): string | undefined {
  if (source === '/') return '/';
  if (!isGlob(source)) return isWithin(source, origin) ? source : undefined;
  const matches = matcherOf(source.slice(1));
  const parts = origin.slice(1).split('/');
  for (let length = parts.length; length > 0; length--) {
    const part = parts.slice(0, length).join('/');
    if (matches?.(part)) return `/${part}`;
  }
  return undefined;
}

const matchers = new Map<string, ReturnType<typeof pathMatcher>>();

/** The sources of a COPY are compared with every needed file. */
function matcherOf(pattern: string): ReturnType<typeof pathMatcher> {
  if (matchers.size > 1000) matchers.clear();
  return remembered(matchers, pattern, () => pathMatcher(pattern));
}

function isGlob(source: string): boolean {
  return /[*?[\\]/.test(source);
}

function isExcluded(step: CopyStep, matched: string, origin: string): boolean {
  const inside =
    matched === origin ? nodePath.posix.basename(origin) : nodePath.posix.relative(matched, origin);
  return step.excludes.some((pattern) => {
    const matches = matcherOf(pattern.replace(/^\.?\//, ''));
    return inside.split('/').some((_, index, parts) => matches?.(parts.slice(0, index + 1).join('/')));
  });
}
