import { apps } from './generated-apps';
import { packageBased } from './generated-package-based';
import { solution } from './generated-solution';
import { nodeStandalone, tsStandalone } from './generated-standalone';
import type { Kind } from './workspace-kinds';

/** The workspaces of `create-nx-workspace` and the generators of Nx. */
export function generatedKinds(): readonly Kind[] {
  return [
    solution('solution', 'npm'),
    solution('solution-pnpm', 'pnpm'),
    apps(),
    packageBased(),
    tsStandalone(),
    nodeStandalone(),
  ];
}
