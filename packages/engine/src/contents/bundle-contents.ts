import type { FilePath } from '../model/place.js';
import type { ContentsEvidence } from '../model/required-module.js';
import type { WorkspacePackage } from '../model/workspace.js';
import type { Disk } from '../read/disk.js';
import { baseNameOf, joinPath } from '../read/file-path.js';
import { inputLocator } from './locate-inputs.js';
import type { RawContents } from './read-metafile.js';
import { readMetafile } from './read-metafile.js';
import { mappedSources, sourceFile } from './source-map-sources.js';

/**
 * The usual places of a report that a bundler, or a plugin of a few lines, writes about the build.
 */
const CONVENTIONAL = /^(?:(?:.*[.-])?(?:meta|metafile|stats|webpack-stats)\.json|manifest\.json)$/;

/** The modules in a package's built output, and the files that show it. */
export interface BundleContents {
  readonly evidence: readonly ContentsEvidence[];
  /** Modules whose code is in the output. */
  readonly contained: ReadonlySet<FilePath>;
  /** Modules that took part in the build, with code or without. */
  readonly listed: ReadonlySet<FilePath>;
  /** Installed packages whose code is in the output, by name. */
  readonly packages: ReadonlySet<string>;
  /**
   * Why a module that is not in `contained` may still be in the output. Absent if the list is
   * complete.
   */
  readonly open?: string;
}

/**
 * Reads what a package's bundler says about its output: metafiles for the outputs that they list,
 * source maps for the others.
 *
 * @param outputs the built scripts whose contents are needed
 * @param metafile the metafile from the options, used instead of the usual places
 */
export function readBundleContents(
  disk: Disk,
  pkg: WorkspacePackage,
  outputs: readonly FilePath[],
  metafile: FilePath | undefined,
): BundleContents {
  const collected = new Collected();
  const files = metafile === undefined ? conventionalFiles(disk, pkg) : [metafile];
  for (const file of files) {
    const read = readMetafile(disk, file);
    if (read.kind === 'contents') addMetafile(disk, pkg, file, read.raw, collected);
    else if (read.kind === 'too-large' || metafile !== undefined) collected.doubt(reasonOf(read, file));
  }
  let maps = 0;
  for (const file of outputs) {
    if (collected.all || collected.accounted.has(file)) continue;
    const mapped = mappedSources(disk, file);
    if (mapped.kind === 'none') {
      collected.doubt(mapped.reason);
      continue;
    }
    let known = 0;
    for (const source of mapped.sources) {
      const found = sourceFile(disk, pkg.root, mapped.map, source);
      if (found !== undefined) {
        collected.contain(found);
        known += 1;
      } else if (/node_modules\//.test(source)) collected.containPackage(source);
      else continue;
    }
    if (known > 0) maps += 1;
    else if (mapped.sources.length > 0 && mapped.sources.every((source) => !/node_modules\//.test(source)))
      collected.doubt(`the source map of ${file} leads to no file of the workspace`);
    if (known > 0 && maps === 1) collected.firstMap = mapped.map;
  }
  return collected.toContents(maps);
}

function reasonOf(read: { readonly kind: string; readonly reason?: string }, file: FilePath): string {
  return read.reason ?? `${file} is not there`;
}

function conventionalFiles(disk: Disk, pkg: WorkspacePackage): readonly FilePath[] {
  const beside = disk.filesIn(pkg.root).map((name) => joinPath(pkg.root, name));
  const inside = pkg.outputs.flatMap((output) => (disk.isFile(output) ? [] : disk.listFiles(output)));
  return [...new Set([...beside, ...inside])].filter((file) => CONVENTIONAL.test(baseNameOf(file)));
}

function addMetafile(
  disk: Disk,
  pkg: WorkspacePackage,
  file: FilePath,
  raw: RawContents,
  collected: Collected,
): void {
  const locate = inputLocator(disk, pkg, file, [...raw.contained, ...raw.listed, ...raw.outputs]);
  if (!locate) {
    collected.doubt(`${file} names no file of this project`);
    return;
  }
  for (const path of raw.contained) {
    const found = locate(path);
    if (found !== undefined && !found.includes('node_modules/')) collected.contain(found);
    else collected.containPackage(path);
  }
  for (const path of raw.listed) {
    const found = locate(path);
    if (found !== undefined) collected.listed.add(found);
  }
  if (!raw.complete) return;
  const outputs = raw.outputs.flatMap((path) => locate(path) ?? inOutputs(disk, pkg, path) ?? []);
  // Short forms of webpack's stats list modules and no files. They describe the whole build.
  if (raw.outputs.length === 0) collected.all = true;
  for (const output of outputs) collected.accounted.add(output);
  const count = new Set(raw.contained).size;
  collected.evidence.push({
    file,
    text: `${raw.what} ${count} module${count === 1 ? '' : 's'}, not this one`,
  });
}

/** Rollup names outputs relative to the folder that it writes to. */
function inOutputs(disk: Disk, pkg: WorkspacePackage, path: string): FilePath | undefined {
  return pkg.outputs.map((output) => joinPath(output, path)).find((file) => disk.isFile(file));
}

/** The results so far. */
class Collected {
  readonly evidence: ContentsEvidence[] = [];
  readonly listed = new Set<FilePath>();
  /** Outputs whose contents a metafile lists. */
  readonly accounted = new Set<FilePath>();
  /** A metafile lists the contents of all outputs. */
  all = false;
  firstMap: FilePath | undefined;
  readonly #contained = new Set<FilePath>();
  readonly #packages = new Set<string>();
  #open: string | undefined;

  contain(file: FilePath): void {
    this.#contained.add(file);
    this.listed.add(file);
  }

  containPackage(path: string): void {
    const name = /.*node_modules\/((?:@[^/]+\/)?[^/]+)/.exec(path.replaceAll('\\', '/'))?.[1];
    if (name !== undefined) this.#packages.add(name);
  }

  /** Only the first doubt is reported; one is enough. */
  doubt(reason: string): void {
    this.#open ??= reason;
  }

  toContents(maps: number): BundleContents {
    const text =
      maps === 1
        ? 'no segment of this source map points to it'
        : `no segment of ${maps} source maps points to it`;
    const mapEvidence = this.firstMap === undefined ? [] : [{ file: this.firstMap, text }];
    return {
      evidence: [...this.evidence, ...mapEvidence],
      contained: this.#contained,
      listed: this.listed,
      packages: this.#packages,
      ...(this.#open !== undefined && { open: this.#open }),
    };
  }
}
