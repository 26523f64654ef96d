import nodePath from 'node:path';
import type { CopyStep, ImagePlan, RunStep } from '../../model/image-plan.js';
import type { FilePath } from '../../model/place.js';
import { isWithin, joinPath } from '../../read/file-path.js';
import { pathMatcher } from './ignore-pattern.js';
import type { ImageContents } from './image-contents.js';
import { buildsInPlace, packageCommands } from './run-command.js';

/** What the workspace knows about installed packages. Paths are relative to the build context. */
export interface InstalledHost {
  /** The manifests of the workspace. */
  readonly manifests: readonly FilePath[];
  /** Whether a file or folder exists, a link followed. */
  exists(path: FilePath): boolean;
  isFolder(path: FilePath): boolean;
  /** The context is the workspace, not a folder of it. */
  readonly isWhole: boolean;
  /** Whether installing without development dependencies installs this folder. */
  isForProduction(path: FilePath, stage: number): boolean | undefined;
  /** Whether installing what one folder's manifest lists installs a package, according to the workspace. */
  comesWith(folder: FilePath, packageName: string, production: boolean): boolean | undefined;
}

/**
 * Whether a stage has a package at a path.
 *
 * - `as-on-disk`: yes, as in a folder of the workspace, links included.
 * - `yes`: links may point elsewhere than in the workspace.
 */
export type Installed =
  | { readonly kind: 'yes' | 'unknown' | 'no' }
  | { readonly kind: 'as-on-disk'; readonly origin: FilePath; readonly copy?: CopyStep }
  /** A command leaves it out, because it is only for development. */
  | { readonly kind: 'development'; readonly by: RunStep };

const NO: Installed = { kind: 'no' };
const UNKNOWN: Installed = { kind: 'unknown' };
const MODULES = '/node_modules/';

/**
 * Official images of runtimes and systems, which contain no packages that a program finds by name.
 */
const PLAIN_IMAGE =
  /^(?:docker\.io\/)?(?:library\/)?(?:node|bun|deno|alpine|debian|ubuntu|busybox|scratch|amazonlinux)(?:[:@].*)?$|^(?:docker\.io\/)?(?:oven\/bun|denoland\/deno)(?:[:@].*)?$|^gcr\.io\/distroless\/|^public\.ecr\.aws\/docker\/library\/(?:node|alpine|debian|ubuntu)(?:[:@].*)?$/;

/**
 * Which packages a stage of an image has in its `node_modules` folders. A path of the stage is
 * followed back through COPY to the build context. A command that installs creates the same folders
 * beside a manifest as in the workspace, if the stage has the manifests at the same places.
 */
export class InstalledInImage {
  readonly #plan: ImagePlan;
  readonly #contents: ImageContents;
  readonly #host: InstalledHost;

  constructor(contents: ImageContents, host: InstalledHost) {
    this.#plan = contents.plan;
    this.#contents = contents;
    this.#host = host;
  }

  /** @param path absolute, of a folder in a `node_modules` folder */
  inStage(stage: number, path: string): Installed {
    const { base, image, steps } = this.#plan.stages[stage]!;
    const found: Installed[] = [];
    if (base !== undefined) found.push(this.inStage(base, path));
    else if (!PLAIN_IMAGE.test(image)) found.push(UNKNOWN);
    for (const step of steps) {
      if (step.kind === 'opaque') found.push(UNKNOWN);
      else if (step.kind === 'copy') found.push(...this.#copied(stage, step, path));
      else if (!buildsInPlace(step.command) || step.binds) found.push(UNKNOWN);
    }
    const installed = this.#installedBy(stage, path);
    if (installed) found.push(installed);
    return (
      found.find(({ kind }) => kind === 'as-on-disk' || kind === 'yes') ??
      found.find(({ kind }) => kind === 'unknown') ??
      found.find(({ kind }) => kind === 'development') ??
      NO
    );
  }

  #copied(stage: number, step: CopyStep, path: string): readonly Installed[] {
    const origins = this.#originsOf(step, path);
    if (origins === 'unknown') return [UNKNOWN];
    return origins.map((origin) => {
      if (step.from !== undefined) {
        const found = this.inStage(step.from, origin);
        return found.kind === 'as-on-disk' ? { ...found, copy: step } : found;
      }
      const inContext = origin.slice(1);
      const manifest = joinPath(inContext, 'package.json');
      if (!this.#host.exists(manifest)) return NO;
      if (!this.#contents.filter.verdictOn(manifest).kept) return this.#mayBuild(stage, path) ? UNKNOWN : NO;
      return { kind: 'as-on-disk', origin: inContext, copy: step };
    });
  }

  /** A build may put packages into its output. It does not change those that are installed beside a manifest. */
  #mayBuild(stage: number, path: string): boolean {
    const folder = path.slice(0, path.indexOf(MODULES)) || '/';
    return (
      this.#chain(stage).some(({ what }) => what === 'build') &&
      this.#contextFolders(stage, folder).length === 0
    );
  }

  /** The paths that a COPY takes to a path of its stage. */
  #originsOf(step: CopyStep, path: string): readonly string[] | 'unknown' {
    if (!isWithin(step.target, path) && step.target !== '/') return [];
    const inside = nodePath.posix.relative(step.target, path);
    const origins: string[] = [];
    for (const source of step.sources) {
      // ADD unpacks archives.
      if (step.from === undefined && /\.(?:tar|tgz|tar\.\w+)$/.test(source)) return 'unknown';
      if (/[*?[\\]/.test(source)) {
        // A pattern for files, as in `COPY package*.json ./`.
        if (/\.(?:json|[cm]?js|ts|lock|ya?ml)$/.test(source)) continue;
        return 'unknown';
      }
      if (step.excludes.length > 0 || source.includes('/./')) return 'unknown';
      if (step.parents) {
        const origin = `/${inside}`;
        if (source === '/' || isWithin(source, origin)) origins.push(origin);
      } else if (step.from !== undefined || source === '/' || this.#host.isFolder(source.slice(1)))
        origins.push(nodePath.posix.join(source, inside));
    }
    return origins;
  }

  /** What the package managers that run in a stage leave at a path. */
  #installedBy(stage: number, path: string): Installed | undefined {
    const runs = this.#chain(stage);
    const commands = runs.flatMap((step) =>
      packageCommands(step.command, step.production).map((command) => ({ ...command, step })),
    );
    if (!commands.some(({ kind }) => kind === 'install')) return undefined;
    if (commands.some(({ named }) => named)) return UNKNOWN;
    const cut = path.indexOf(MODULES);
    const folders = this.#contextFolders(stage, path.slice(0, cut) || '/');
    const last = commands.findLast(({ kind }) => kind !== 'other')!;
    const [folder] = folders;
    // The manifest may be one that a build wrote.
    if (folder === undefined) {
      const manifest = nodePath.posix.join(path.slice(0, cut) || '/', 'package.json');
      return this.#mayHaveFile(stage, manifest) ? UNKNOWN : undefined;
    }
    const inside = path.slice(cut + 1);
    if (!this.#isLikeWorkspace(stage, folder, path.slice(0, cut)))
      return this.#installedAlone(folder, inside, last);
    const origin = joinPath(folder, inside);
    if (!this.#host.exists(joinPath(origin, 'package.json'))) return NO;
    if (!last.production) return { kind: 'as-on-disk', origin };
    const isForProduction = this.#host.isForProduction(origin, stage);
    if (isForProduction === undefined) return UNKNOWN;
    return isForProduction ? { kind: 'as-on-disk', origin } : { kind: 'development', by: last.step };
  }

  /** One package is installed without the workspace, so its dependencies are in other folders. */
  #installedAlone(
    folder: FilePath,
    inside: string,
    { production, step }: { readonly production: boolean; readonly step: RunStep },
  ): Installed {
    const name = /^node_modules\/((?:@[^/]+\/)?[^/]+)$/.exec(inside)?.[1];
    if (name === undefined) return UNKNOWN;
    const comes = this.#host.comesWith(folder, name, production);
    if (comes !== false) return { kind: comes ? 'yes' : 'unknown' };
    return production && this.#host.comesWith(folder, name, false) ? { kind: 'development', by: step } : NO;
  }

  #mayHaveFile(stage: number, path: string): boolean {
    const { base, steps } = this.#plan.stages[stage]!;
    if (base !== undefined && this.#mayHaveFile(base, path)) return true;
    const name = nodePath.posix.basename(path);
    return steps.some((step) => {
      if (step.kind === 'opaque') return true;
      if (step.kind === 'run') return step.what === 'build' && isWithin(step.workdir, path);
      const isNamed = step.sources.some(
        (source) => pathMatcher(nodePath.posix.basename(source))?.(name) ?? source.endsWith(`/${name}`),
      );
      if (isNamed && (step.target === path || step.target === nodePath.posix.dirname(path))) return true;
      const origins = this.#originsOf(step, path);
      if (origins === 'unknown') return true;
      return origins.some((origin) =>
        step.from === undefined ? this.#host.exists(origin.slice(1)) : this.#mayHaveFile(step.from, origin),
      );
    });
  }

  /** The folders of the context whose manifest is in a folder of the stage. */
  #contextFolders(stage: number, folder: string): readonly FilePath[] {
    const file = nodePath.posix.join(folder, 'package.json');
    return this.#host.manifests
      .filter((manifest) => this.#contents.pathsInStage(stage, manifest).includes(file))
      .map((manifest) => nodePath.posix.dirname(manifest));
  }

  /** Whether the manifest of the context's root is where it is in the workspace, seen from a folder. */
  #isLikeWorkspace(stage: number, folder: FilePath, at: string): boolean {
    if (!this.#host.isWhole) return false;
    if (folder === '.') return true;
    if (!at.endsWith(`/${folder}`)) return false;
    const root = at.slice(0, -folder.length - 1) || '/';
    return this.#contextFolders(stage, root).includes('.');
  }

  #chain(stage: number): readonly RunStep[] {
    const { base, steps } = this.#plan.stages[stage]!;
    const above = base === undefined ? [] : this.#chain(base);
    return [...above, ...steps.filter((step) => step.kind === 'run')];
  }
}
