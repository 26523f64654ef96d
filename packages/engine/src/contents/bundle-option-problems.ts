import type { VerifyOptions } from '../model/options.js';
import type { Problem } from '../model/problem.js';
import type { WorkspacePackage } from '../model/workspace.js';
import type { Disk } from '../read/disk.js';
import { joinPath } from '../read/file-path.js';
import { readMetafile } from './read-metafile.js';

/**
 * Problems in options that name files of the project: an unusable metafile, or a glob without a
 * match.
 */
export function bundleOptionProblems(
  disk: Disk,
  pkg: WorkspacePackage,
  { metafile, requiredModules = [] }: VerifyOptions,
): readonly Problem[] {
  return [
    ...(metafile === undefined ? [] : metafileProblems(disk, pkg, metafile)),
    ...requiredModules.flatMap((glob) => globProblems(disk, pkg, glob)),
  ];
}

function metafileProblems(disk: Disk, pkg: WorkspacePackage, metafile: string): readonly Problem[] {
  const file = joinPath(pkg.root, metafile);
  const read = readMetafile(disk, file);
  if (read.kind === 'contents' || read.kind === 'too-large') return [];
  const what =
    read.kind === 'absent' ? `names ${file}, which does not exist` : `cannot be used: ${read.reason}`;
  return [
    {
      kind: 'invalid-option',
      message: `The option "metafile" ${what}.`,
      remedy:
        "Use the path of the file that the bundler writes about this build, relative to the project's folder.",
      file,
    },
  ];
}

function globProblems(disk: Disk, pkg: WorkspacePackage, glob: string): readonly Problem[] {
  if (glob.startsWith('!') || disk.glob([joinPath(pkg.root, glob)]).length > 0) return [];
  return [
    {
      kind: 'invalid-option',
      message: `The option "requiredModules" lists ${JSON.stringify(glob)}, but no file of ${pkg.root} matches it.`,
      remedy: "Write globs relative to the project's folder.",
    },
  ];
}
