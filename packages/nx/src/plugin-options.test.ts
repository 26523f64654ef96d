import { describe, expect, it } from 'vitest';
import { pluginOptionFaults } from './plugin-options';

const faultsOf = (options: unknown) =>
  pluginOptionFaults({ plugins: ['other', { plugin: '@verify-exports/nx', options }] });

describe('pluginOptionFaults', () => {
  it('names the option and what is allowed', () => {
    expect(faultsOf({ target: 'x' })).toEqual([
      '"target" is not an option of the plugin. Known options: targetName, watchTargetName, buildTarget, dependents.',
    ]);
    expect(faultsOf({ buildTarget: 1 })).toEqual([
      'The plugin\'s option "buildTarget" must be a string, but is 1.',
    ]);
    expect(faultsOf({ watchTargetName: true })).toEqual([
      'The plugin\'s option "watchTargetName" must be a string, but is true.',
    ]);
    expect(faultsOf([])).toEqual(['The options of the plugin must be an object, but are [].']);
  });

  it('accepts options that are right, and none', () => {
    for (const options of [undefined, {}, { watchTargetName: false }, { targetName: 'a', dependents: false }])
      expect(faultsOf(options)).toEqual([]);
    expect(pluginOptionFaults(undefined)).toEqual([]);
    expect(pluginOptionFaults({ plugins: ['@verify-exports/nx'] })).toEqual([]);
    expect(pluginOptionFaults({ plugins: 'x' })).toEqual([]);
  });
});
