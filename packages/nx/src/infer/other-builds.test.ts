import { describe, expect, it } from 'vitest';
import { otherBuilds } from './other-builds';

const ENTRIES = {
  '.': { import: './dist/index.mjs', types: './dist/index.d.ts', require: './lib/index.js' },
};

function found(manifest: object, { nxJson, projectJson }: { nxJson?: object; projectJson?: object } = {}) {
  return otherBuilds({
    root: 'packages/a',
    name: 'a',
    texts: {
      packageJson: JSON.stringify({ exports: ENTRIES, ...manifest }),
      ...(projectJson && { projectJson: JSON.stringify(projectJson) }),
    },
    nxJson: nxJson && JSON.stringify(nxJson),
    buildTargets: ['build'],
    checkTarget: 'verify-exports',
  });
}

const targets = (more: object = {}) => ({
  build: { outputs: ['{projectRoot}/dist'] },
  'build-cjs': { outputs: ['{projectRoot}/lib/**/*.js'] },
  test: { outputs: ['{projectRoot}/coverage'] },
  ...more,
});

describe('otherBuilds', () => {
  it('finds the only other target that writes an entry file', () => {
    expect(found({ nx: { targets: targets() } })).toEqual(['build-cjs']);
    expect(found({}, { projectJson: { targets: targets() } })).toEqual(['build-cjs']);
  });

  it('uses the outputs that nx.json states for scripts', () => {
    const scripts = { build: 'vite build', 'build:cjs': 'tsc', lint: 'eslint' };
    const targetDefaults = {
      build: { outputs: ['{projectRoot}/dist'] },
      'build:cjs': { outputs: ['{workspaceRoot}/{projectRoot}/lib'] },
      lint: { outputs: ['{projectRoot}/lib'] },
      absent: { outputs: ['{projectRoot}/lib'] },
    };
    const { lint: _, ...others } = targetDefaults;
    expect(found({ scripts }, { nxJson: { targetDefaults: others } })).toEqual(['build:cjs']);
  });

  it('finds all targets if there is no build target', () => {
    const two = {
      'build:js': { outputs: ['{projectRoot}/dist'] },
      'build:cjs': { outputs: ['{projectRoot}/lib'] },
    };
    expect(found({ nx: { targets: two } })).toEqual(['build:cjs', 'build:js']);
  });

  it.each([
    ['several targets write the file', targets({ dev: { outputs: ['{projectRoot}/lib'] } })],
    ['the build states no outputs', targets({ build: {} })],
    [
      'the build writes the file',
      targets({ build: { outputs: ['{projectRoot}/dist', '{projectRoot}/lib'] } }),
    ],
    ['the target writes the whole project', { ...targets(), 'build-cjs': { outputs: ['{projectRoot}'] } }],
    [
      'the target depends on the check',
      targets({ 'build-cjs': { outputs: ['{projectRoot}/lib'], dependsOn: ['verify-exports'] } }),
    ],
  ])('finds none if %s', (_, given) => {
    expect(found({ nx: { targets: given } })).toEqual([]);
  });
});
