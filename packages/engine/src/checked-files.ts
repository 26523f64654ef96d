import type { FilePath } from './model/place.js';
import { sourceFilesOf } from './read/package-files.js';
import { baselinePathOf } from './read/read-baseline.js';
import { releasePlans } from './read/release-plans.js';
import { surfacePathOf } from './read/surface-path.js';
import type { Run } from './session.js';

/** The files of one project that checks read. */
export interface CheckedFiles {
  /** The package.json of the project's folder, and the one that its build writes. */
  readonly manifests: readonly FilePath[];
  /** The existing files that its entry points resolve to. */
  readonly entryFiles: readonly FilePath[];
  /** The file with its known findings, if it exists. Only its own check reads it. */
  readonly baseline?: FilePath;
  /** The file that records what it exports, if it exists, and the plans of the next release that apply to it. */
  readonly surface: readonly FilePath[];
  /** Lists its sources. This reads folders, so it happens only on request. */
  readonly sources: () => readonly FilePath[];
}

/**
 * Lists the files of a project that its own check, or the check of a dependent, reads. A caller
 * that caches results needs them to prove that its cache key covers each file.
 */
export function checkedFilesOf(run: Run, project: string): CheckedFiles {
  const pkg = run.packageOf(project);
  if (!pkg) return { manifests: [], entryFiles: [], surface: [], sources: () => [] };
  const variants = run.entryPointsOf(pkg).flatMap((entryPoint) => entryPoint.variants);
  const entryFiles = variants.filter(({ exists }) => exists).map(({ file }) => file);
  const manifests = [pkg.source, pkg.published].flatMap((manifest) => manifest?.file ?? []);
  const baseline = baselinePathOf(pkg.root);
  const surface = surfacePathOf(pkg.root);
  return {
    manifests: [...new Set(manifests)],
    entryFiles: [...new Set(entryFiles)],
    ...(run.disk.isFile(baseline) && { baseline }),
    surface: run.disk.isFile(surface) ? [surface, ...releasePlans(run.disk)] : [],
    sources: () => sourceFilesOf(run.disk, run.workspace, pkg),
  };
}
