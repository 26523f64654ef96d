import { join } from 'node:path';
import { acmeFiles } from './acme-files';
import { E2eWorkspace } from './e2e-workspace';
import { generatedKinds } from './generated-workspaces';
import type { Result } from './nx-command';
import type { Major } from './nx-installation';
import { ManagedWorkspace } from './package-managers';
import type { PackageManager } from './package-managers';
import { replaceIn } from './replace-in';
import { HAND_WRITTEN } from './hand-written-workspaces';

export interface Break {
  /** Removes something. */
  apply(): void;
  /**
   * The place of the finding: `file:line:column - error CODE`; `*` replaces text that differs from
   * build to build.
   */
  readonly place: string;
}

/** A healthy workspace of one kind, with its breaks. */
export interface MadeWorkspace {
  readonly root: string;
  nx(...args: readonly string[]): Result;
  /** A break in the sources. */
  readonly break: Break;
  /** Files to delete from the output of the named project. No build notices them. */
  readonly losses?: readonly (Break & { readonly project: string })[];
  /** All findings of the healthy workspace, as in `place`: real faults of its tools, each with its proof. */
  readonly reported?: readonly string[];
}

export interface Kind {
  readonly id: string;
  /** Absent: all majors. */
  readonly majors?: readonly Major[];
  /** @param root an empty folder */
  make(major: Major, root: string): MadeWorkspace;
}

function managed(manager: PackageManager): Kind {
  return {
    id: manager,
    make(major, root) {
      const workspace = new ManagedWorkspace(manager, major, root);
      return {
        root,
        nx: (...args) => workspace.nx(...args),
        break: {
          apply: () =>
            replaceIn(join(root, 'packages/monitoring/src/index.js'), 'export { startTimer', '// export {'),
          place: 'packages/gateway/src/index.js:1:23 - error VE201',
        },
      };
    },
  };
}

/** Hand-written workspaces use the installation that all end-to-end tests share. */
function handWritten([id, { files, edit, place }]: (typeof HAND_WRITTEN)[number]): Kind {
  return {
    id,
    make(major) {
      const all = acmeFiles();
      const workspace = new E2eWorkspace(major, { ...files, 'build.mjs': all['build.mjs']! });
      const [file, from, to] = edit;
      return {
        root: workspace.root,
        nx: (...args) => workspace.nx(...args),
        break: { apply: () => workspace.edit(file, from, to), place },
      };
    },
  };
}

/** Every kind of workspace in the tests. */
export const KINDS: readonly Kind[] = [
  ...(['npm', 'pnpm', 'yarn', 'yarn-pnp', 'bun'] as const).map(managed),
  ...HAND_WRITTEN.map(handWritten),
  ...generatedKinds(),
];
