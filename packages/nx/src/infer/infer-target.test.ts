import { describe, expect, it } from 'vitest';
import { declaredGraph } from './dependency-closure';
import { inferTarget } from './infer-target';
import type { Member } from './member-manifest';
import { shippingInputs } from './shipping-inputs';

const defaults = {
  targetName: 'verify-exports',
  watchTargetName: 'verify-exports:watch',
  buildTarget: ['build'] as readonly string[],
  dependents: true,
};

function member(root: string, declared: readonly string[] = [], more: Partial<Member> = {}): Member {
  const packageName = `@acme/${root}`;
  return {
    root: `packages/${root}`,
    configFile: `packages/${root}/package.json`,
    name: packageName,
    packageName,
    declared,
    ...more,
  };
}

function targetOf(wanted: string, members: readonly Member[], options: Partial<typeof defaults> = {}) {
  const found = members.find(({ root }) => root === `packages/${wanted}`)!;
  return inferTarget(found, declaredGraph(members), { ...defaults, ...options });
}

describe('inferTarget', () => {
  it('uses only the plain inputs for a package without dependencies', () => {
    expect(targetOf('a', [member('a')])).toMatchObject({
      executor: '@verify-exports/nx:verify-exports',
      cache: true,
      dependsOn: ['build', '^build'],
      inputs: [
        'default',
        '^default',
        { dependentTasksOutputFiles: '**/*', transitive: true },
        '{projectRoot}/verify-exports.baseline.json',
        ...shippingInputs('packages/a', []),
        '{workspaceRoot}/package.json',
        '{workspaceRoot}/packages/package.json',
        '{workspaceRoot}/pnpm-workspace.yaml',
        '{workspaceRoot}/.yarnrc.yml',
        '{workspaceRoot}/nx.json',
        '{workspaceRoot}/lerna.json',
        '{workspaceRoot}/.changeset/config.json',
      ],
      outputs: [
        '{workspaceRoot}/.verify-exports/{projectRoot}/report.json',
        '{workspaceRoot}/.verify-exports/{projectRoot}/.gitignore',
        '{options.outputFile}',
        ...['text', 'json', 'github', 'sarif', 'junit', 'gitlab', 'markdown', 'html'].map(
          (format) => `{options.outputFiles.${format}}`,
        ),
      ],
      options: {},
    });
  });

  it('adds the version of Node to the cache key if the check loads the output', () => {
    const node = { runtime: 'node --version' };
    expect(targetOf('a', [member('a', [], { loadsOutput: true })]).inputs).toContainEqual(node);
    expect(targetOf('a', [member('a')]).inputs).not.toContainEqual(node);
  });

  it('lists only its own report as output, also for a project at the root', () => {
    const outputs = targetOf('a', [member('a', [], { root: 'packages/a' })]).outputs;
    expect(outputs?.[0]).toContain('{projectRoot}/report.json');
    const root = member('.', [], { root: '.' });
    expect(inferTarget(root, declaredGraph([root]), defaults).outputs?.[0]).toBe(
      '{workspaceRoot}/.verify-exports/report.json',
    );
  });

  it('builds direct and indirect dependencies, and includes the sources of direct dependents only', () => {
    const members = [member('a', ['@acme/b', 'left-pad']), member('b', ['@acme/c']), member('c')];
    expect(targetOf('a', members).dependsOn).toEqual([
      'build',
      '^build',
      { target: 'build', projects: ['@acme/b', '@acme/c'] },
    ]);
    expect(targetOf('a', members).inputs).not.toContainEqual(expect.objectContaining({ input: 'default' }));
    expect(targetOf('c', members).dependsOn).toEqual(['build', '^build']);
    expect(targetOf('c', members).inputs?.[4]).toEqual({ input: 'default', projects: ['@acme/b'] });
  });

  it('accepts packages that depend on each other and on themselves', () => {
    const members = [member('a', ['@acme/b', '@acme/a']), member('b', ['@acme/a'])];
    expect(targetOf('a', members).dependsOn).toContainEqual({ target: 'build', projects: ['@acme/b'] });
    expect(targetOf('a', members).inputs).toContainEqual({ input: 'default', projects: ['@acme/b'] });
  });

  it('refers to a project by its own name, and by its folder if Nx chooses the name', () => {
    const members = [
      member('a', ['@acme/b', '@acme/c']),
      member('b', [], { name: 'bee' }),
      { root: 'packages/c', configFile: 'packages/c/project.json', packageName: '@acme/c', declared: [] },
    ];
    expect(targetOf('a', members).dependsOn).toContainEqual({
      target: 'build',
      projects: ['bee', 'directory:packages/c'],
    });
  });

  it('uses the options of the plugin', () => {
    const members = [member('a', ['@acme/b']), member('b')];
    const target = targetOf('b', members, { buildTarget: ['compile'], dependents: false });
    expect(target.dependsOn).toEqual(['compile', '^compile']);
    expect(target.inputs).not.toContainEqual(expect.objectContaining({ input: 'default' }));
    expect(target.options).toEqual({ buildTarget: 'compile', dependents: false });
  });

  it('runs the other targets that write entry files, also those of dependencies', () => {
    const members = [
      member('a', ['@acme/b', '@acme/c'], { otherBuilds: ['build-types'] }),
      member('b', [], { otherBuilds: ['build-cjs'] }),
      member('c'),
    ];
    const target = targetOf('a', members);
    expect(target.dependsOn).toEqual([
      'build',
      'build-types',
      '^build',
      { target: 'build', projects: ['@acme/b', '@acme/c'] },
      { target: 'build-cjs', projects: ['@acme/b'] },
    ]);
    expect(target.options).toEqual({ buildTarget: ['build', 'build-types'] });
    expect(targetOf('c', members).options).toEqual({});
  });

  it('runs each of several build targets', () => {
    const members = [member('a', ['@acme/b']), member('b')];
    const target = targetOf('a', members, { buildTarget: ['build:js', 'build:types'] });
    expect(target.dependsOn).toEqual([
      'build:js',
      'build:types',
      '^build:js',
      '^build:types',
      { target: 'build:js', projects: ['@acme/b'] },
      { target: 'build:types', projects: ['@acme/b'] },
    ]);
    expect(target.options).toEqual({ buildTarget: ['build:js', 'build:types'] });
  });
});
