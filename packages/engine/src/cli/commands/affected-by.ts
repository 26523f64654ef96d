import { affectedBy, packagesIn, renderBlastRadius } from '../../index.js';
import { packageNamed } from '../choose-projects.js';
import type { Io } from '../io.js';
import type { Status } from '../main.js';
import { openWorkspace } from '../open-workspace.js';

export interface AffectedByArguments {
  /** A package, and a name after `#`. */
  readonly subject: string;
  readonly json?: boolean;
}

/** Lists who a change of a package, or of one of its names, can break. */
export async function affectedByCommand(io: Io, { subject, json }: AffectedByArguments): Promise<Status> {
  const workspace = await openWorkspace(io);
  const [wanted = '', name] = subject.split('#');
  const { project } = packageNamed(packagesIn(workspace.run), workspace.root, io.cwd, wanted);
  const radius = affectedBy({
    run: workspace.run,
    project,
    ...(name !== undefined && name !== '' && { name }),
    optionsOf: (each) => workspace.projects.get(each) ?? {},
  });
  io.stdout.write(json ? `${JSON.stringify(radius, null, 2)}\n` : `${renderBlastRadius(radius)}\n`);
  return 0;
}
