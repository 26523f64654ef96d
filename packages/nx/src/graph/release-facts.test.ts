import type { ProjectGraph } from '@nx/devkit';
import { findMatchingProjects } from 'nx/src/utils/find-matching-projects';
import { describe, expect, it } from 'vitest';
import { matchingProjects } from './release-facts';

const node = (name: string, root: string, tags: string[] = []) =>
  [name, { name, type: 'lib' as const, data: { root, tags } }] as const;
const nodes: ProjectGraph['nodes'] = Object.fromEntries([
  node('@acme/core', 'packages/core', ['scope:core', 'npm:public']),
  node('@acme/ui', 'packages/ui', ['scope:ui']),
  node('ui-e2e', 'e2e/ui'),
  node('core_tools', 'tools/core'),
  node('web', 'apps/web', ['npm:private']),
]);

describe('matchingProjects', () => {
  it.each([
    [['*']],
    [['@acme/*']],
    [['@acme/core', 'web']],
    [['core']],
    [['ui']],
    [['!ui-e2e']],
    [['*', '!tag:npm:private']],
    [['tag:scope:*']],
    [['tag:npm:public']],
    [['packages/*']],
    [['packages/**', '!packages/ui']],
    [['directory:apps/*']],
    [['name:web', '!web']],
    [['gone']],
    [['{web,core_tools}']],
    [['']],
  ])('selects what Nx selects by %j', (patterns) => {
    const expected = findMatchingProjects([...patterns], structuredClone(nodes));
    expect([...matchingProjects(patterns, { nodes })].sort()).toEqual([...expected].sort());
  });
});
