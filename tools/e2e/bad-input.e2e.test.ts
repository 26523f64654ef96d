import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { acmeFiles } from './acme-files';
import { E2eWorkspace } from './e2e-workspace';
import { wantedMajors } from './nx-installation';

describe.each(wantedMajors())('bad input on Nx %s', (major) => {
  let workspace: E2eWorkspace;
  beforeEach(() => void (workspace = new E2eWorkspace(major, acmeFiles())));
  afterEach(() => workspace.dispose());

  const verifyAll = (...args: string[]) =>
    workspace.nx('run-many', '-t', 'verify-exports', '--output-style=static', ...args);

  it.each([[[]], [['--batch']]])(
    'a wrong option is told once, with its file, and costs the others nothing (%s)',
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
        'packages/logging/project.json - could not judge: The option "strict" is "yes".\n    remedy   Use true or false.',
      );
      expect(output).toContain(
        'packages/monitoring/project.json - could not judge: The option "rules" must be an object.',
      );
      expect(output).toContain('✔ @acme/gateway');
      expect(output).not.toMatch(/\n\s+at /);
    },
  );

  it('a missing build is told with the command that mends it', () => {
    const { status, output } = verifyAll('--exclude-task-dependencies');
    expect(status, output).toBe(1);
    expect(output).toContain('"@acme/gateway" is not built: packages/gateway/dist does not exist.');
    expect(output).toContain('nx run @acme/gateway:build');
    expect(output).not.toMatch(/\n\s+at /);
  });

  it('a package without build, entry points and dependents gets a verdict that says so', () => {
    workspace.write({
      'packages/docs/package.json': '{ "name": "@acme/docs", "version": "1.0.0", "private": true }',
      'tools/plain/project.json': '{ "name": "plain" }',
    });
    const { status, output } = verifyAll();
    expect(status, output).toBe(0);
    expect(output).toMatch(/✔ @acme\/docs: no entry points/);
    expect(output).toMatch(/✔ plain: no entry points/);
  });

  it('a broken package.json stops Nx itself, but is named once', () => {
    workspace.edit('packages/logging/package.json', '"version"', 'version"');
    const { status, output } = verifyAll();
    expect(status, output).toBe(1);
    expect(output.split('packages/logging/package.json:').length - 1, output).toBe(1);
    expect(output).not.toMatch(/\n\s+at /);
  });

  it('an exports field that makes no sense is the problem of its package alone', () => {
    workspace.edit(
      'packages/logging/package.json',
      '"exports": {\n    ".": "./dist/index.js"\n  }',
      '"exports": 5',
    );
    const { status, output } = verifyAll();
    expect(status, output).toBe(1);
    expect(output).toMatch(/packages\/logging\/package\.json:\d+:\d+ - (?:could not judge|error)/);
    expect(output).toContain('✔ @acme/gateway');
  });

  it('a wrong option of the plugin names nx.json', () => {
    workspace.edit(
      'nx.json',
      '"plugin": "@verify-exports/nx"',
      '"plugin": "@verify-exports/nx", "options": { "target": "x" }',
    );
    const { status, output } = verifyAll('--verbose');
    expect(status, output).toBe(1);
    expect(output).toContain('nx.json - could not judge: "target" is not an option of the plugin.');
  });
});
