import { describe, expect, it } from 'vitest';
import { shippingInputs } from './shipping-inputs';

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
