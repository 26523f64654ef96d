import { describe, expect, it } from 'vitest';
import { pluginOptionFaults, resolvePluginOptions } from './plugin-options';

describe('resolvePluginOptions', () => {
  it.each([
    [undefined, { targetName: 'verify-exports', watchTargetName: 'verify-exports:watch' }],
    [{ targetName: 'check' }, { targetName: 'check', watchTargetName: 'check:watch' }],
    [{ watchTargetName: false }, { watchTargetName: '' }],
    [{ watchTargetName: '' }, { watchTargetName: '' }],
    [
      { buildTarget: 'bundle', dependents: false },
      { buildTarget: ['bundle'], dependents: false },
    ],
    [{ buildTarget: undefined }, { buildTarget: ['build'], dependents: true }],
    [{ buildTarget: ['build:js', 'build:types', 'build:js'] }, { buildTarget: ['build:js', 'build:types'] }],
  ])('fills in the defaults of %j', (raw, resolved) => {
    expect(resolvePluginOptions(raw)).toMatchObject(resolved);
  });

  it.each([
    [[], 'The options of the plugin must be an object, but are [].'],
    [
      { target: 'x' },
      '"target" is not an option of the plugin. Known options: targetName, watchTargetName, buildTarget, dependents.',
    ],
    [{ targetName: '' }, 'The plugin\'s option "targetName" is "". Use a string that is not empty.'],
    [
      { watchTargetName: true },
      'The plugin\'s option "watchTargetName" is true. Use a string, or false for no such target.',
    ],
    [
      { buildTarget: [] },
      'The plugin\'s option "buildTarget" is []. Use the name of a target, or an array of names.',
    ],
    [
      { buildTarget: ['build', ''] },
      'The plugin\'s option "buildTarget" is ["build",""]. Use the name of a target, or an array of names.',
    ],
    [{ dependents: 'no' }, 'The plugin\'s option "dependents" is "no". Use true or false.'],
  ])('uses the defaults for %j, which is reported', (options, message) => {
    expect(resolvePluginOptions(options)).toEqual(resolvePluginOptions({}));
    expect(pluginOptionFaults({ plugins: ['other', { plugin: '@verify-exports/nx', options }] })).toEqual([
      message,
    ]);
  });
});

describe('pluginOptionFaults', () => {
  it('accepts options that are right, and none', () => {
    for (const options of [undefined, {}, { watchTargetName: false }, { targetName: 'a', dependents: false }])
      expect(pluginOptionFaults({ plugins: [{ plugin: '@verify-exports/nx', options }] })).toEqual([]);
    expect(pluginOptionFaults(undefined)).toEqual([]);
    expect(pluginOptionFaults({ plugins: ['@verify-exports/nx'] })).toEqual([]);
    expect(pluginOptionFaults({ plugins: 'x' })).toEqual([]);
  });
});
