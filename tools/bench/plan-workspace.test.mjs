import { describe, expect, it } from 'vitest';
import { planWorkspace } from './plan-workspace.mjs';
import { renderPackage } from './render-package.mjs';

describe('planWorkspace', () => {
  it('returns the same plan for the same seed, and a different plan for a different seed', () => {
    const texts = (seed) =>
      planWorkspace({ packages: 8, modules: 9, seed }).map((one) => [...renderPackage(one)]);
    const [first, again, other] = [texts(7), texts(7), texts(8)];
    expect(again).toEqual(first);
    expect(other).not.toEqual(first);
  });

  it('lets a package depend on three to eight earlier packages', () => {
    const plan = planWorkspace({ packages: 60, modules: 5 });
    for (const [index, { dependencies }] of plan.entries()) {
      const earlier = plan.slice(0, index).map(({ name }) => name);
      expect(earlier).toEqual(expect.arrayContaining(dependencies));
      if (index >= 40) expect(dependencies.length).toBeGreaterThanOrEqual(3);
    }
  });

  it('refuses packages that are too small to have entry points', () => {
    expect(() => planWorkspace({ packages: 1, modules: 3 })).toThrow(RangeError);
  });
});
