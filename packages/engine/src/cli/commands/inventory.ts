import { componentList, isVerifyError, loadEntryPoints, renderComponents } from '../../index.js';
import type { ComponentList } from '../../index.js';
import { chooseProjects } from '../choose-projects.js';
import type { Io } from '../io.js';
import type { Status } from '../main.js';
import { openWorkspace } from '../open-workspace.js';

export interface InventoryArguments {
  readonly packages: readonly string[];
  readonly load?: boolean;
  readonly json?: boolean;
}

/** Lists the exported names of packages with their kinds, declarations and importers. */
export async function inventoryCommand(
  io: Io,
  { packages, load, json }: InventoryArguments,
): Promise<Status> {
  const workspace = await openWorkspace(io);
  const { run } = workspace;
  const lists: ComponentList[] = [];
  let status: Status = 0;
  for (const project of chooseProjects(workspace, io.cwd, { packages })) {
    const options = { ...workspace.projects.get(project), ...(load !== undefined && { load }) };
    try {
      const loads = await loadEntryPoints({ run, project, options });
      lists.push(componentList({ run, project, options, loads }));
    } catch (error) {
      if (!isVerifyError(error)) throw error;
      const { message, remedy } = error.problem;
      io.stderr.write(`could not check: ${message}\n    remedy   ${remedy}\n`);
      status = 2;
    }
  }
  if (lists.some(({ totals }) => totals.missing > 0)) status = 1;
  const shown = lists.filter(({ entries }) => entries.length > 0);
  io.stdout.write(
    json ? `${JSON.stringify(lists, null, 2)}\n` : `${shown.map(renderComponents).join('\n\n\n')}\n`,
  );
  return status;
}
