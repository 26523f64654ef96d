import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { acmeFiles } from './acme-files';
import { E2eWorkspace } from './e2e-workspace';
import { runCommand } from './nx-command';

const MONITORING = 'packages/monitoring/src/index.js';
const SURFACE = 'packages/monitoring/exports.surface.txt';
const PLAN = '.nx/version-plans/removal.md';

describe('outputs, start-up and releases', () => {
  let workspace: E2eWorkspace;
  beforeAll(() => {
    workspace = new E2eWorkspace(24, acmeFiles());
    workspace.edit(MONITORING, 'export { startTimer', 'export const retired = true;\nexport { startTimer');
    nxJson = JSON.parse(workspace.read('nx.json').replaceAll(/^\s*\/\/.*$/gm, '')) as typeof nxJson;
    workspace.write({
      '.gitignore': 'node_modules\ndist\n.cache\n.nx/cache\n.nx/workspace-data\n.verify-exports\nreports\n',
    });
    workspace.commit();
  });
  afterAll(() => workspace.dispose());

  const check = (...args: readonly string[]) =>
    workspace.nx('run', '@acme/monitoring:verify-exports', '--output-style=static', ...args);
  /** Nx may write the file in another form, so each version is made from the first one. */
  let nxJson: Record<string, object>;
  const setNxJson = (more: object) =>
    workspace.write({ 'nx.json': `${JSON.stringify({ ...nxJson, ...more }, null, 2)}\n` });
  const setOptions = (options: object) =>
    setNxJson({ targetDefaults: { ...nxJson['targetDefaults'], 'verify-exports': { options } } });

  it('writes other formats, which the cache restores', () => {
    setOptions({
      outputFiles: { sarif: 'reports/{projectName}.sarif', junit: 'reports/junit/{projectName}.xml' },
    });
    const files = ['reports/@acme/monitoring.sarif', 'reports/junit/@acme/monitoring.xml'];
    expect(check().status).toBe(0);
    const before = files.map((file) => workspace.read(file));
    workspace.remove('reports');
    const { status, output } = check();
    expect(status, output).toBe(0);
    expect(output).toContain('[local cache]');
    expect(files.map((file) => workspace.read(file))).toEqual(before);
    setOptions({});
  });

  it('merges the reports of all tasks with the command of the plugin', () => {
    expect(workspace.nx('run-many', '-t', 'verify-exports').status).toBe(0);
    const { status, output } = runCommand(workspace.root, 'npx', ['verify-exports', 'report']);
    expect([status, output.trim()]).toEqual([
      0,
      expect.stringMatching(/✔ 3 projects: \d+ imports checked: \d+ ok$/),
    ]);
  });

  it('finds the same with the command as with the tasks', () => {
    const files = ['gateway', 'logging', 'monitoring'].map(
      (name) => `.verify-exports/packages/${name}/report.json`,
    );
    const tasks = files.map((file) => workspace.read(file));
    const { status, output } = runCommand(workspace.root, 'npx', [
      'verify-exports',
      'check',
      '--write-reports',
    ]);
    expect(status, output).toBe(0);
    expect(files.map((file) => workspace.read(file))).toEqual(tasks);
  });

  it('loads the entry points if the option says so', () => {
    setOptions({ load: true });
    expect(check().status).toBe(0);
    workspace.edit(MONITORING, 'export const retired = true;', 'export const retired = undefined.value;');
    const { status, output } = check();
    expect(status).toBe(1);
    expect(output).toContain('packages/monitoring/dist/index.js:2:34 - error VE401 load-failure');
    workspace.edit(MONITORING, 'undefined.value', 'true');
    setOptions({});
  });

  it('records what packages export', () => {
    const { status, output } = workspace.nx('g', '@verify-exports/nx:surface');
    expect(status, output).toBe(0);
    expect(workspace.read(SURFACE)).toContain('  retired const\n');
    workspace.nx('reset');
    expect(check().status).toBe(0);
    workspace.commit();
  });

  it('fails for a removed export until a version plan allows it, and again without the plan', () => {
    workspace.edit(MONITORING, 'export const retired = true;\n', '');
    const removed = check();
    expect(removed.status).toBe(1);
    expect(removed.output).toContain(`${SURFACE}:`);
    expect(removed.output).toContain('error VE501 removed-export');
    expect(removed.output).toContain('this change needs 2.0.0');
    workspace.write({ [PLAN]: '---\n"@acme/monitoring": major\n---\n\nRemoves retired.\n' });
    const planned = check();
    expect(planned.status, planned.output).toBe(0);
    workspace.remove(PLAN);
    expect(check().status).toBe(1);
  });

  it('does not let Nx cache a pass that rests on an ignored plan', () => {
    const ignored = workspace.read('.gitignore');
    workspace.write({
      '.gitignore': `${ignored}.nx/version-plans\n`,
      [PLAN]: '---\n"@acme/monitoring": major\n---\n\nRemoves retired.\n',
    });
    const { status, output } = check();
    expect(status, output).toBe(1);
    expect(output).toContain(`The check reads ${PLAN}, but git or Nx ignores this file`);
    workspace.remove(PLAN);
    workspace.write({ '.gitignore': ignored });
  });

  it('stops a release that removes an export without a major version', () => {
    const docs = readFileSync(join(import.meta.dirname, '../../packages/nx/docs/releases.md'), 'utf8');
    const command = /"preVersionCommand": "(.*)"/.exec(docs)![1]!.replace('published', 'HEAD');
    const stopped = runCommand(workspace.root, 'sh', ['-c', command]);
    expect(stopped.status).toBe(1);
    expect(stopped.output).toContain('error VE501 removed-export');
    const compare = () =>
      runCommand(workspace.root, 'npx', ['verify-exports', 'changes', '--against', 'HEAD']);
    const refused = compare();
    expect(refused.status).toBe(1);
    expect(refused.output).toContain('- . retired (const)\n  This needs version 2.0.0.');
    workspace.write({ [PLAN]: '---\n"@acme/monitoring": major\n---\n\nRemoves retired.\n' });
    const allowed = compare();
    expect(allowed.output).toContain('The planned version allows it.');
    expect(allowed.status, allowed.output).toBe(0);
  });
});
