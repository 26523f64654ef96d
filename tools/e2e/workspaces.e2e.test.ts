// The kinds of workspaces that need no separate installation. workspaces.long.test.ts runs all kinds.
import { describe } from 'vitest';
import { tryWorkspace } from './try-workspace';
import { KINDS } from './workspace-kinds';

describe.each(KINDS.filter(({ id }) => id === 'integrated' || id === 'conditions'))('$id', (kind) => {
  tryWorkspace(kind, 24);
});
