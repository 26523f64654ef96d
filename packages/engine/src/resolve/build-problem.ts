import type { FilePath } from '../model/place.js';
import type { Problem } from '../model/problem.js';
import type { EntryPoint, OutputWriter, Variant, WorkspacePackage } from '../model/workspace.js';
import type { Disk } from '../read/disk.js';
import { isWithin } from '../read/file-path.js';
import { isTypeScriptSource } from './declaration-files.js';

/**
 * Distinguishes a package whose build has not run from one whose manifest is wrong. A package is
 * not built
 *
 * - if a file of an entry point does not exist, a target writes it, and no output of that target exists;
 * - if no built file of its entry points exists, and neither do the outputs of its build or, if these are unknown, the
 *   folders that the entry points are in.
 *
 * @param entryPoints only looked up if the outputs do not show that the package is built: there may
 *   be thousands
 * @returns one problem for all files; undefined for a package that is built, or that has no build
 */
export function buildProblemOf(
  disk: Disk,
  pkg: WorkspacePackage,
  entryPoints: () => readonly EntryPoint[],
): Problem | undefined {
  const all = (): readonly Variant[] => entryPoints().flatMap((entryPoint) => entryPoint.variants);
  return unrunProblem(disk, pkg, all) ?? neverBuiltProblem(disk, pkg, all);
}

/** Targets that write missing files and have written nothing. */
function unrunProblem(disk: Disk, pkg: WorkspacePackage, all: () => readonly Variant[]): Problem | undefined {
  const exists = (output: FilePath) => disk.kindOf(output) !== undefined;
  const idle = (pkg.writers ?? []).filter(({ outputs }) => !outputs.some(exists));
  if (idle.length === 0) return undefined;
  const missing = all().filter((variant) => !variant.exists && variant.phase !== 'asset');
  const writersOf = ({ file }: Variant) =>
    idle.filter(({ outputs }) => outputs.some((output) => isWithin(output, file)));
  const writers = [...new Set(missing.flatMap(writersOf))];
  const builds = writers.filter(({ include }) => include === undefined);
  const [first] = builds.length > 0 ? builds : writers;
  if (!first) return undefined;
  const file = missing.find((variant) => writersOf(variant).includes(first))!.file;
  const folder = first.outputs.find((output) => isWithin(output, file))!;
  if (builds.length === 0) return notBuilt(pkg, folder, commandsOf(writers, ' or '), writers);
  const isAll = pkg.writers!.every((writer) => builds.includes(writer) || writer.include !== undefined);
  return notBuilt(
    pkg,
    folder,
    isAll && pkg.buildCommand !== undefined ? `\`${pkg.buildCommand}\`` : commandsOf(builds, ' and '),
  );
}

function commandsOf(writers: readonly OutputWriter[], between: string): string {
  return writers.map(({ command }) => `\`${command}\``).join(between);
}

function neverBuiltProblem(
  disk: Disk,
  pkg: WorkspacePackage,
  entered: () => readonly Variant[],
): Problem | undefined {
  const hasBuild = pkg.buildCommand !== undefined || pkg.source?.json.scripts?.['build'] !== undefined;
  if (!hasBuild) return undefined;
  const exists = (place: FilePath): boolean => place !== pkg.root && disk.kindOf(place) !== undefined;
  if (pkg.outputs.some(exists)) return undefined;
  const all = entered();
  // Sources that a manifest names for development exist without a build.
  const promised = all.filter(({ file, phase }) => phase !== 'asset' && !isTypeScriptSource(file));
  const variants = promised.length > 0 ? promised : all;
  if (variants.some(({ exists, phase }) => exists && phase !== 'asset')) return undefined;
  if (variants.length === 0 && pkg.outputs.length === 0) return undefined;
  const places = pkg.outputs.length > 0 ? pkg.outputs : variants.map(({ file }) => topFolder(pkg, file));
  if (places.some(exists)) return undefined;
  const build = pkg.buildCommand ? `\`${pkg.buildCommand}\`` : `\`npm run build\` in ${pkg.root}`;
  return notBuilt(pkg, places[0] ?? pkg.root, build);
}

/** @param others the targets that write the files and are not part of the build */
function notBuilt(
  pkg: WorkspacePackage,
  place: FilePath,
  run: string,
  others: readonly OutputWriter[] = [],
): Problem {
  const names = others.map(({ target }) => `"${target}"`).join(' and ');
  const written =
    others.length === 0
      ? ''
      : others.length === 1
        ? ` The target ${names} writes it, but the check does not run that target first.`
        : ` The targets ${names} write it, but the check runs none of them first.`;
  const remedies = [
    `Run ${run}.`,
    ...(others.length > 0
      ? [others.length === 1 ? others[0]!.include : undefined]
      : ['If it already ran, compare its output folder with the manifest and the build target.']),
    pkg.leaveOut,
  ];
  return {
    kind: 'missing-build',
    message: `"${pkg.name ?? pkg.project}" is not built: ${place} does not exist.${written}`,
    remedy: remedies.filter(Boolean).join(' '),
    ...(pkg.published ? { file: pkg.published.file } : {}),
  };
}

/** The first folder inside the package's root on the way to a file. */
function topFolder(pkg: WorkspacePackage, file: string): string {
  const inside = pkg.root === '.' ? file : file.slice(pkg.root.length + 1);
  const first = inside.split('/')[0]!;
  return pkg.root === '.' ? first : `${pkg.root}/${first}`;
}
