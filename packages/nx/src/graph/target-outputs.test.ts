import type { TargetConfiguration } from '@nx/devkit';
import { describe, expect, it } from 'vitest';
import { targetOutputs } from './target-outputs';

function outputs(
  target: TargetConfiguration | undefined,
  present: Readonly<Record<string, 'file' | 'directory'>> = {},
  interpolated?: string[],
) {
  const node = {
    name: 'a',
    type: 'lib' as const,
    data: { root: 'packages/a', ...(target && { targets: { build: target } }) },
  };
  return targetOutputs(node, 'build', { interpolated, kindOf: (path) => present[path] });
}

describe('targetOutputs', () => {
  it('returns undefined without the target', () => expect(outputs(undefined)).toBeUndefined());

  it.each<[string, string[], string[]]>([
    [
      'tokens',
      ['{projectRoot}/dist', '{workspaceRoot}/dist/{projectRoot}', '{workspaceRoot}/out/{projectName}'],
      ['packages/a/dist', 'dist/packages/a', 'out/a'],
    ],
    ['options', ['{options.outputPath}', '{options.deep.path}', '{options.none}'], ['dist/a', 'dist/deep']],
    [
      'patterns, reduced to their folder',
      ['{projectRoot}/dist/**/*.js', '{projectRoot}/dist/**/*.d.ts'],
      ['packages/a/dist'],
    ],
    [
      'patterns that start at the sources',
      ['{projectRoot}/**/*.js', '{projectRoot}', '{workspaceRoot}/*.tgz'],
      [],
    ],
    ['exclusions', ['{projectRoot}/dist', '!{projectRoot}/dist/cache'], ['packages/a/dist']],
    ['files', ['{projectRoot}/dist', '{projectRoot}/tsconfig.tsbuildinfo'], ['packages/a/dist']],
  ])('reads %s', (_, stated, expected) => {
    const options = { outputPath: 'dist/a', deep: { path: './dist/deep/' } };
    expect(outputs({ outputs: stated, options }, { 'packages/a/tsconfig.tsbuildinfo': 'file' })).toEqual(
      expected,
    );
  });

  it('prefers the outputs of the task graph', () => {
    expect(outputs({ outputs: ['{options.outputPath}'] }, {}, ['dist/from-configuration'])).toEqual([
      'dist/from-configuration',
    ]);
  });

  it('assumes existing default folders if no outputs are listed, as Nx does', () => {
    expect(outputs({}, { 'packages/a/dist': 'directory' })).toEqual(['packages/a/dist']);
    expect(outputs({})).toEqual([]);
    expect(outputs({ options: { outputPath: 'dist/x' } })).toEqual(['dist/x']);
  });
});
