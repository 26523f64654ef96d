import { describe, expect, it } from 'vitest';
import { workspaceMatcher } from './workspace-globs';

const npm = (workspaces: unknown, more: object = {}) =>
  workspaceMatcher({ packageJson: JSON.stringify({ workspaces, ...more }), pnpmWorkspace: undefined });

describe('workspaceMatcher', () => {
  it.each([
    ['npm and bun', npm(['packages/*', './apps/*/', '!packages/old'])],
    ['yarn', npm({ packages: ['packages/*', 'apps/*', '!packages/old'] })],
    [
      'pnpm',
      workspaceMatcher({
        packageJson: '{}',
        pnpmWorkspace: 'packages:\n  - packages/*\n  - apps/*\n  - "!packages/old"\n',
      }),
    ],
  ])('reads the globs of %s', (_, isMember) => {
    expect(isMember('packages/a/package.json')).toBe(true);
    expect(isMember('apps/a/package.json')).toBe(true);
    expect(isMember('packages/old/package.json')).toBe(false);
    expect(isMember('packages/a/fixtures/b/package.json')).toBe(false);
    expect(isMember('package.json')).toBe(false);
  });

  it('matches the root if Nx does', () => {
    expect(npm(['packages/*'], { nx: {} })('package.json')).toBe(true);
    expect(npm(['.'])('package.json')).toBe(true);
  });

  it('matches nothing without valid globs', () => {
    expect(npm(undefined)('packages/a/package.json')).toBe(false);
    expect(npm([1, null])('packages/a/package.json')).toBe(false);
    expect(workspaceMatcher({ packageJson: '{', pnpmWorkspace: 'packages: [' })('package.json')).toBe(false);
  });
});
