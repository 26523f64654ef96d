import type { FilePath, Place } from '../model/place.js';
import type { WorkspacePackage } from '../model/workspace.js';
import type { ImageFacts, ImageGap, NeededFile } from '../model/shipping.js';
import type { WorkspaceView } from '../workspace-view.js';
import { isWithin, joinPath, pathWithin } from '../read/file-path.js';
import { sourceFilesOf } from '../read/package-files.js';
import type { ImageVerdict } from './docker/image-contents.js';
import type { OpenImage } from './docker/open-image.js';
import { leftBehind } from './left-behind.js';
import { ignoreException } from './docker/ignore-exception.js';
import { hasCopyIn } from './shipped-copy.js';

type Verdict = ImageVerdict | { readonly kind: 'outside-context' };
type Lack = Exclude<Verdict, { readonly kind: 'in' }>;
type Lacking = { readonly file: NeededFile; readonly verdict: Lack };
type Mutable<T> = { -readonly [K in keyof T]: T[K] };

/** Holds what an application needs against one image under one build context. */
export class ImageJudge {
  readonly image: OpenImage;
  readonly #view: WorkspaceView;
  readonly #own: WorkspacePackage;
  readonly #needed: readonly NeededFile[];

  constructor(view: WorkspaceView, own: WorkspacePackage, image: OpenImage, needed: readonly NeededFile[]) {
    this.#view = view;
    this.#own = own;
    this.image = image;
    this.#needed = needed;
  }

  /** Whether the image takes, or is kept from taking, anything of the project's: there are Dockerfiles for databases, too. */
  isAboutProject(): boolean {
    const { contents } = this.image;
    if (contents.contextCopies.length === 0) return false;
    const files = this.#needed.filter(({ owner }) => owner === this.#own).map(({ file }) => file);
    if (files.some((file) => /^(in|ignored)$/.test(this.#verdictOn(file).kind))) return true;
    return this.#builder() !== undefined && this.#sourcesOf(this.#own).some((file) => this.#reaches(file));
  }

  judge(): Pick<ImageFacts, 'gaps' | 'openings'> {
    const lacking = this.#needed.flatMap((file) => {
      const verdict = this.#verdictOn(file.file);
      return verdict.kind === 'in' ? [] : [{ file, verdict }];
    });
    const gaps =
      lacking.some(({ file }) => file.owner === this.#own) && this.#isBuiltInside()
        ? this.#missingSources()
        : [];
    const built = gaps.length > 0 || (lacking.length > 0 && this.#isBuiltInside());
    const left = lacking.filter(({ file: { owner } }) => !this.#mayBeMade(owner, built));
    const excused = lacking.filter((one) => !left.includes(one));
    const [opaque] = this.image.contents.opaque;
    const all = [...gaps, ...this.#grouped(left), ...this.#leftBehind(excused)];
    if (all.length === 0) return { gaps: [], openings: [] };
    if (opaque) return { gaps: [], openings: [this.#opening(all, opaque.reason, opaque.place)] };
    const install = this.image.contents.makers.find(({ what }) => what === 'install');
    const fromRegistry = install ? all.filter(({ owner }) => this.#isInRegistry(owner)) : [];
    return {
      gaps: all.filter((gap) => !fromRegistry.includes(gap)).map((gap) => this.#withException(gap)),
      openings: fromRegistry.map((gap) =>
        this.#opening(
          [gap],
          `\`${install!.command}\` may install ${gap.owner.name} from a registry`,
          install!.place,
        ),
      ),
    };
  }

  /** Of what is made in another stage, the packages whose links alone get into the image. */
  #leftBehind(excused: readonly Lacking[]): readonly ImageGap[] {
    const notCopied = excused.filter(
      ({ file: { owner }, verdict }) =>
        verdict.kind === 'not-copied' && !hasCopyIn(this.#view.run.disk, owner, this.#own, this.image),
    );
    if (notCopied.length === 0) return [];
    const files = notCopied.map(({ file }) => file);
    const loose = leftBehind(this.#view.run.disk, this.#own, this.image, this.#needed, files);
    const left = notCopied.filter(({ file: { owner } }) => loose.has(owner));
    return this.#grouped(left).map((gap) => {
      const link = loose.get(gap.owner)!;
      return { ...gap, kind: 'left-behind', place: link.brought.copy.place, loose: link };
    });
  }

  #withException(gap: ImageGap): ImageGap {
    const { context, patterns } = this.image;
    const by = patterns.find(({ place }) => place === gap.place);
    const files = gap.files.map(({ file }) => pathWithin(context, file));
    const exception = by && ignoreException(patterns, by, files);
    return exception === undefined ? gap : { ...gap, exception };
  }

  #opening(gaps: readonly ImageGap[], reason: string, place: Place): ImageFacts['openings'][number] {
    const { file } = gaps[0]!.files[0];
    return { kind: 'opaque-image', reason: `${reason}, and ${file} is needed`, place };
  }

  /** A command that may build, in a stage that the image takes files from. */
  #builder(): ImageGap['builder'] {
    const found = this.image.contents.makers.find(({ what }) => what === 'build');
    return found && { command: found.command, place: found.place };
  }

  /** The project's own output comes about in the image: there is a command for it, and the sources are there. */
  #isBuiltInside(): boolean {
    return this.#builder() !== undefined && this.#sourcesOf(this.#own).some((file) => this.#reaches(file));
  }

  #mayBeMade(owner: WorkspacePackage, built: boolean): boolean {
    if (owner !== this.#own && hasCopyIn(this.#view.run.disk, owner, this.#own, this.image)) return true;
    // What an image builds from sources is judged by the sources.
    if (built) return true;
    return this.#builder() !== undefined && this.#sourcesOf(owner).some((file) => this.#reaches(file));
  }

  /** Workspace packages that the project's sources lead to and of whose sources none gets to where the image is built. */
  #missingSources(): readonly ImageGap[] {
    const gaps: ImageGap[] = [];
    for (const [owner, by] of this.#askedBySources()) {
      const files = this.#sourcesOf(owner);
      if (files.length === 0 || files.some((file) => this.#reaches(file))) continue;
      if (hasCopyIn(this.#view.run.disk, owner, this.#own, this.image)) continue;
      const [first, ...rest] = files.map((file): NeededFile => ({ file, owner, soft: false, by }));
      const verdict = this.#verdictOn(first!.file, true);
      if (verdict.kind === 'in') continue;
      const gap = this.#gap(owner, verdict);
      const copy = this.image.contents.contextCopies.at(-1);
      const place = verdict.kind === 'not-copied' && copy ? copy.place : gap.place;
      gaps.push({ ...gap, place, files: [first!, ...rest], whole: true, builder: this.#builder()! });
    }
    return gaps;
  }

  #askedBySources(): ReadonlyMap<WorkspacePackage, NonNullable<NeededFile['by']>> {
    const found = new Map<WorkspacePackage, NonNullable<NeededFile['by']>>();
    const pending = [this.#own];
    for (let pkg = pending.pop(); pkg; pkg = pending.pop()) {
      for (const { provider, phase, specifierPlace: place, specifier, soft } of this.#view.demands.ofSources(
        pkg,
      ).demands) {
        const asked = this.#view.run.packageOf(provider)!;
        if (phase === 'types' || soft || asked === this.#own || found.has(asked) || isTest(place.file))
          continue;
        found.set(asked, { place, specifier, kind: 'module' });
        pending.push(asked);
      }
    }
    return found;
  }

  /** A package's code, or its manifest where it has none. */
  #sourcesOf(pkg: WorkspacePackage): readonly FilePath[] {
    const code = sourceFilesOf(this.#view.run.disk, this.#view.run.workspace, pkg);
    return code.length > 0 ? code : pkg.source ? [pkg.source.file] : [];
  }

  #reaches(file: FilePath): boolean {
    return this.#verdictOn(file, true).kind === 'in';
  }

  #verdictOn(file: FilePath, inAnyStage = false): Verdict {
    const { context, contents } = this.image;
    if (!isWithin(context, file)) return { kind: 'outside-context' };
    const path = pathWithin(context, file);
    return inAnyStage ? contents.verdictInAnyStage(path) : contents.verdictOn(path);
  }

  #grouped(lacking: readonly Lacking[]): readonly ImageGap[] {
    const groups = new Map<string, Mutable<ImageGap> & { files: [NeededFile, ...NeededFile[]] }>();
    const neededOf = (owner: WorkspacePackage): number =>
      this.#needed.filter((one) => one.owner === owner).length;
    for (const { file, verdict } of lacking) {
      const gap = this.#gap(file.owner, verdict);
      const key = JSON.stringify([file.owner.project, gap.kind, gap.place.file, gap.place.start]);
      const known = groups.get(key);
      if (known) known.files.push(file);
      else groups.set(key, { ...gap, files: [file], whole: false });
    }
    return [...groups.values()].map((gap) => ({ ...gap, whole: gap.files.length === neededOf(gap.owner) }));
  }

  #gap(owner: WorkspacePackage, verdict: Lack): Omit<ImageGap, 'files' | 'whole'> {
    const { candidate, context } = this.image;
    const common = { dockerfile: candidate.file, context, owner, kind: verdict.kind };
    if (verdict.kind === 'ignored') {
      return { ...common, text: verdict.by.text, place: verdict.by.place, copy: verdict.copy.place };
    }
    const fallback = { file: candidate.file, start: 0, end: 0 };
    const place = verdict.kind === 'not-copied' ? (verdict.last ?? verdict.stage).place : fallback;
    return { ...common, text: '', place };
  }

  /** The image is no copy of the workspace, the package is public, and nothing says that it is the workspace's own. */
  #isInRegistry(owner: WorkspacePackage): boolean {
    const { private: isPrivate, version } = owner.published?.json ?? {};
    if (owner === this.#own || owner.name === undefined || isPrivate === true || version === undefined)
      return false;
    const range = this.#own.source?.json.dependencies?.[owner.name];
    if (range === undefined || /^(workspace|file|link|portal):|^\*$/.test(range)) return false;
    return !this.#reaches(joinPath('package.json'));
  }
}

function isTest(file: FilePath): boolean {
  return /\.(test|spec|e2e|stories)\.[^/]+$|(^|\/)(__tests__|tests?|e2e)\//.test(file);
}
