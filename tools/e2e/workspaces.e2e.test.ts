// The kinds of workspaces that need no installation of their own; all of them: workspaces.long.test.ts.
import { describe } from 'vitest';
import { tryWorkspace } from './try-workspace';
import { KINDS } from './workspace-kinds';

describe.each(KINDS.filter(({ id }) => id === 'integrated' || id === 'conditions'))('$id', (kind) => {
  tryWorkspace(kind, 24);
});
