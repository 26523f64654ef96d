import type { Problem } from '../model/problem.js';
import type { EntryPoint, WorkspacePackage } from '../model/workspace.js';
import type { Disk } from '../read/disk.js';

/**
 * Distinguishes a package whose build has not run from one whose manifest is wrong. In the first
 * case no file of its entry points exists, and neither do the outputs of its build. If no outputs
 * are known, the folders of the entry points must be empty.
 *
 * @returns undefined for a package that is built, or that has no build
 */
export function buildProblemOf(
  disk: Disk,
  pkg: WorkspacePackage,
  entryPoints: readonly EntryPoint[],
): Problem | undefined {
  const hasBuild = pkg.buildCommand !== undefined || pkg.source?.json.scripts?.['build'] !== undefined;
  if (!hasBuild) return undefined;
  const variants = entryPoints.flatMap((entryPoint) => entryPoint.variants);
  if (variants.some(({ exists, phase }) => exists && phase !== 'asset')) return undefined;
  if (variants.length === 0 && pkg.outputs.length === 0) return undefined;
  const places = pkg.outputs.length > 0 ? pkg.outputs : variants.map(({ file }) => topFolder(pkg, file));
  if (places.some((place) => place !== pkg.root && disk.kindOf(place) !== undefined)) return undefined;
  const build = pkg.buildCommand ? `\`${pkg.buildCommand}\`` : `\`npm run build\` in ${pkg.root}`;
  return {
    kind: 'missing-build',
    message: `"${pkg.name ?? pkg.project}" is not built: ${places[0] ?? pkg.root} does not exist.`,
    remedy: `Run ${build}. If it already ran, compare its output folder with the manifest and the build target.`,
    ...(pkg.published ? { file: pkg.published.file } : {}),
  };
}

/** The first folder inside the package's root on the way to a file. */
function topFolder(pkg: WorkspacePackage, file: string): string {
  const inside = pkg.root === '.' ? file : file.slice(pkg.root.length + 1);
  const first = inside.split('/')[0]!;
  return pkg.root === '.' ? first : `${pkg.root}/${first}`;
}
