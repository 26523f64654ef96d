import { join } from 'node:path';
import {
  isVerifyError,
  packagesIn,
  renderSurface,
  surfaceOf,
  surfacePathOf,
  writeWhole,
} from '../../index.js';
import { chooseProjects } from '../choose-projects.js';
import type { Io } from '../io.js';
import type { Status } from '../main.js';
import { openWorkspace } from '../open-workspace.js';
import { textOfFile } from '../text-of-file.js';

export interface SurfaceArguments {
  readonly packages: readonly string[];
  readonly check?: boolean;
}

/**
 * Writes the surface file of each package: of those that are named, or of all published ones and of
 * those that have a file already.
 */
export async function surfaceCommand(io: Io, { packages, check }: SurfaceArguments): Promise<Status> {
  const workspace = await openWorkspace(io);
  const { root, run } = workspace;
  const all = new Map(packagesIn(run).map((pkg) => [pkg.project, pkg]));
  let written = 0;
  let status: Status = 0;
  for (const project of chooseProjects(workspace, io.cwd, { packages })) {
    const pkg = all.get(project)!;
    const file = surfacePathOf(pkg.root);
    const before = textOfFile(join(root, file));
    if (packages.length === 0 && !pkg.published && before === undefined) continue;
    try {
      const text = renderSurface(surfaceOf({ run, project, options: workspace.projects.get(project) ?? {} }));
      if (text === before) continue;
      written += 1;
      if (check) status = status === 2 ? 2 : 1;
      else writeWhole(join(root, file), text, root);
      io.stdout.write(check ? `${file} is out of date.\n` : `Wrote ${file}.\n`);
    } catch (error) {
      if (!isVerifyError(error)) throw error;
      status = 2;
      io.stderr.write(
        `${file} - could not check: ${error.problem.message}\n    remedy   ${error.problem.remedy}\n`,
      );
    }
  }
  if (written === 0 && status === 0) io.stdout.write('Every surface file is up to date.\n');
  else if (!check && written > 0) io.stdout.write('Review the files, and commit them.\n');
  return status;
}
