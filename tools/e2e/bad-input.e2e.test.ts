import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { acmeFiles } from './acme-files';
import { E2eWorkspace, ISOLATED_PLUGINS } from './e2e-workspace';
import { wantedMajors } from './nx-installation';

describe.each(wantedMajors())('bad input on Nx %s', (major) => {
  let workspace: E2eWorkspace;
  beforeEach(() => void (workspace = new E2eWorkspace(major, acmeFiles())));
  afterEach(() => workspace.dispose());

  const verifyAll = (...args: string[]) =>
    workspace.nx('run-many', '-t', 'verify-exports', '--output-style=static', ...args);
  /** For what the plugin prints itself: usually, its output comes from another process. */
  const verifyIsolated = (...args: string[]) =>
    workspace.nxWith(ISOLATED_PLUGINS, 'run-many', '-t', 'verify-exports', '--output-style=static', ...args);

  it.each([[[]], [['--batch']]])(
    'a wrong option is reported once, with its file, and does not affect other projects (%s)',
    (args) => {
      workspace.write({
        'packages/logging/project.json': JSON.stringify({
          name: '@acme/logging',
          targets: { 'verify-exports': { options: { strict: 'yes' } } },
        }),
        'packages/monitoring/project.json': JSON.stringify({
          name: '@acme/monitoring',
          targets: { 'verify-exports': { options: { rules: ['VE201'] } } },
        }),
      });
      expect(workspace.nx('run-many', '-t', 'build').status).toBe(0);
      const { status, output } = verifyAll(...args);
      expect(status, output).toBe(1);
      expect(output).toContain(
        'packages/logging/project.json - could not check: The option "strict" is "yes".\n    remedy   Use true or false.',
      );
      expect(output).toContain(
        'packages/monitoring/project.json - could not check: The option "rules" is ["VE201"].',
      );
      expect(output).toContain('✔ @acme/gateway');
      expect(output).not.toMatch(/\n\s+at /);
    },
  );

  it('reports a missing build with the command that fixes it', () => {
    const { status, output } = verifyAll('--exclude-task-dependencies');
    expect(status, output).toBe(1);
    expect(output).toContain('"@acme/gateway" is not built: packages/gateway/dist does not exist.');
    expect(output).toContain('nx run @acme/gateway:build');
    expect(output).not.toMatch(/\n\s+at /);
  });

  it('prints a note for a package without build, entry points and dependents', () => {
    workspace.write({
      'packages/docs/package.json': '{ "name": "@acme/docs", "version": "1.0.0", "private": true }',
      'tools/plain/project.json': '{ "name": "plain" }',
    });
    const { status, output } = verifyAll();
    expect(status, output).toBe(0);
    expect(output).toMatch(/✔ @acme\/docs: no entry points/);
    expect(output).toMatch(/✔ plain: no entry points/);
  });

  it('names a broken package.json once, although it stops Nx itself', () => {
    workspace.edit('packages/logging/package.json', '"version"', 'version"');
    const { status, output } = verifyIsolated();
    expect(status, output).toBe(1);
    expect(output.split('packages/logging/package.json:').length - 1, output).toBe(1);
    expect(output).not.toMatch(/\n\s+at /);
  });

  it('reports an invalid exports field only for its own package', () => {
    workspace.edit(
      'packages/logging/package.json',
      '"exports": {\n    ".": "./dist/index.js"\n  }',
      '"exports": 5',
    );
    const { status, output } = verifyAll();
    expect(status, output).toBe(1);
    expect(output).toMatch(/packages\/logging\/package\.json:\d+:\d+ - (?:could not check|error)/);
    expect(output).toContain('✔ @acme/gateway');
  });

  it('names nx.json for a wrong option of the plugin', () => {
    workspace.edit(
      'nx.json',
      '"plugin": "@verify-exports/nx"',
      '"plugin": "@verify-exports/nx", "options": { "target": "x" }',
    );
    const { status, output } = verifyIsolated('--verbose');
    expect(status, output).toBe(1);
    expect(output).toContain('nx.json - could not check: "target" is not an option of the plugin.');
  });

  it('reports a file that is nested too deeply only for its own package', () => {
    const deep = `${'('.repeat(20_000)}1${')'.repeat(20_000)}`;
    // It imports a package that it does not declare, so the project graph needs its imports.
    workspace.write({
      'packages/logging/src/deep.js': `import { handle } from '@acme/gateway';\nexport const deep = () => handle(${deep});\n`,
    });
    workspace.edit('packages/logging/src/index.js', 'export', `export * from './deep.js';\nexport`);
    const graph = workspace.nx('graph', '--file=graph.json');
    expect(graph.status, graph.output).toBe(0);
    const { dependencies } = (JSON.parse(workspace.read('graph.json')) as { graph: Graph }).graph;
    expect(dependencies['@acme/logging']!.map(({ target }) => target)).toEqual(['@acme/gateway']);
    for (const args of [[], ['--batch']]) {
      const { output } = verifyAll(...args);
      expect(output).toContain('it is nested too deeply to be read');
      expect(output).toContain('✔ @acme/gateway');
      expect(output).toContain('✔ @acme/monitoring');
    }
  });

  it('gives the other packages their results if one report cannot be written', () => {
    workspace.write({ '.verify-exports/packages/logging/report.json/file': '' });
    for (const args of [[], ['--batch']]) {
      const { status, output } = verifyAll(...args);
      expect(status, output).toBe(1);
      expect(output).toContain(
        'The report cannot be written to .verify-exports/packages/logging/report.json',
      );
      expect(output).toContain('✔ @acme/gateway');
    }
  });
});

interface Graph {
  readonly dependencies: Readonly<Record<string, readonly { readonly target: string }[]>>;
}
