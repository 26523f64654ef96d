import { describe, expect, it } from 'vitest';
import { shippingInputs, statedDockerfiles } from './shipping-inputs';

const NAMES = ['verify-exports', '@verify-exports/nx:verify-exports'];

describe('shippingInputs', () => {
  it('lists the files at the root and in the folders between that decide what ships', () => {
    expect(shippingInputs('packages/group/a', [])).toEqual([
      '{workspaceRoot}/.dockerignore',
      '{workspaceRoot}/Dockerfile',
      '{workspaceRoot}/Dockerfile.*',
      '{workspaceRoot}/*.Dockerfile',
      '{workspaceRoot}/Containerfile',
      '{workspaceRoot}/Containerfile.*',
      '{workspaceRoot}/.npmignore',
      '{workspaceRoot}/.gitignore',
      '{workspaceRoot}/packages/.npmignore',
      '{workspaceRoot}/packages/.gitignore',
      '{workspaceRoot}/packages/group/.npmignore',
      '{workspaceRoot}/packages/group/.gitignore',
    ]);
  });

  it('lists the files that the option names, with their ignore files', () => {
    const inputs = shippingInputs('.', [
      'docker/api.Dockerfile',
      { file: './{projectRoot}/Dockerfile', context: 'dist' },
      [{ file: 'x' }],
      7,
    ]);
    expect(inputs.slice(8)).toEqual([
      '{workspaceRoot}/docker/api.Dockerfile',
      '{workspaceRoot}/docker/api.Dockerfile.dockerignore',
      '{projectRoot}/Dockerfile',
      '{projectRoot}/Dockerfile.dockerignore',
      '{workspaceRoot}/dist/.dockerignore',
      '{workspaceRoot}/x',
      '{workspaceRoot}/x.dockerignore',
    ]);
  });
});

describe('statedDockerfiles', () => {
  it('finds the option in project.json, package.json and the defaults of nx.json, configurations included', () => {
    const target = (file: string) => ({
      options: { dockerfile: file },
      configurations: { ci: { dockerfile: `${file}.ci` } },
    });
    const texts = {
      projectJson: JSON.stringify({ targets: { 'verify-exports': target('a'), build: target('never') } }),
      packageJson: JSON.stringify({ nx: { targets: { 'verify-exports': target('b') } } }),
    };
    const nxJson = JSON.stringify({ targetDefaults: { [NAMES[1]!]: { options: { dockerfile: ['c'] } } } });
    expect(statedDockerfiles(NAMES, texts, nxJson)).toEqual(['a', 'a.ci', 'b', 'b.ci', ['c']]);
  });

  it('finds nothing in broken or unexpected values', () => {
    expect(statedDockerfiles(NAMES, { packageJson: '{ "nx": [1] }', projectJson: '{' }, '[]')).toEqual([]);
    expect(statedDockerfiles(NAMES, {}, undefined)).toEqual([]);
  });
});
