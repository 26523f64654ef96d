import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { acmeFiles, REPORTS } from './acme-files';
import { E2eWorkspace, ISOLATED_PLUGINS } from './e2e-workspace';
import { wantedMajors } from './nx-installation';

const BREAKAGE = `packages/gateway/src/index.js:1:23 - error VE201 missing-export
  "startTimer" is imported from "@acme/monitoring", but its built entry point does not export it.`;

/** How often a text occurs. */
const count = (text: string, part: string) => text.split(part).length - 1;

describe.each(wantedMajors())('results on Nx %s', (major) => {
  let workspace: E2eWorkspace;
  beforeAll(() => void (workspace = new E2eWorkspace(major, acmeFiles(), ISOLATED_PLUGINS)));
  afterAll(() => workspace.dispose());

  const drop = () =>
    workspace.edit('packages/monitoring/src/index.js', 'export { startTimer', '// export { startTimer');
  const restore = () => workspace.edit('packages/monitoring/src/index.js', '// export', 'export');
  const reports = () => REPORTS.map((file) => (workspace.exists(file) ? workspace.read(file) : undefined));

  it('pass on a healthy workspace', () => {
    const { status, output } = workspace.nx('run-many', '-t', 'verify-exports');
    expect(status, output).toBe(0);
    expect(reports()).not.toContain(undefined);
  });

  it('are replayed from the cache, reports included', () => {
    const before = reports();
    workspace.remove('.verify-exports');
    const { status, output } = workspace.nx('run-many', '-t', 'verify-exports', '--output-style=static');
    expect(status, output).toBe(0);
    expect(
      count(output, ':verify-exports  [local cache]') +
        count(output, ':verify-exports  [existing outputs match'),
    ).toBe(3);
    expect(reports()).toEqual(before);
  });

  it('fail for both sides of a breakage, once in each task, and pass for the others', () => {
    drop();
    const { status, output } = workspace.nx('run-many', '-t', 'verify-exports', '--output-style=static');
    expect(status, output).toBe(1);
    expect(count(output, BREAKAGE), output).toBe(2);
    expect(reports().map((report) => report && (JSON.parse(report) as { verdict: string }).verdict)).toEqual([
      'fail',
      'pass',
      'fail',
    ]);
    for (const project of ['gateway', 'monitoring']) {
      const one = workspace.nx('run', `@acme/${project}:verify-exports`);
      expect(one.status).toBe(1);
      expect(count(one.output, BREAKAGE), one.output).toBe(1);
    }
  });

  it('are the same in a batch, byte for byte, and printed once', () => {
    const single = reports();
    workspace.remove('.verify-exports');
    const { status, output } = workspace.nx(
      'run-many',
      '-t',
      'verify-exports',
      '--batch',
      '--skip-nx-cache',
      '--output-style=static',
    );
    expect(status, output).toBe(1);
    expect(reports()).toEqual(single);
    expect(count(output, BREAKAGE), output).toBe(2);
    expect(count(output, '✔ @acme/logging'), output).toBe(1);
  });

  it('of a batch are cached task by task', () => {
    restore();
    expect(workspace.nx('run-many', '-t', 'build').status).toBe(0);
    expect(workspace.nx('run-many', '-t', 'verify-exports', '--batch').status).toBe(0);
    const before = reports();
    workspace.remove('.verify-exports');
    const { status, output } = workspace.nx('run-many', '-t', 'verify-exports', '--output-style=static');
    expect(status, output).toBe(0);
    expect(count(output, ':verify-exports  [local cache]'), output).toBe(3);
    expect(reports()).toEqual(before);
  });

  it('are also written to an output file, which the cache restores', () => {
    const run = () =>
      workspace.nx('run', '@acme/gateway:verify-exports', '--format=json', '--outputFile=out/gateway.json');
    expect(run().status).toBe(0);
    const written = workspace.read('out/gateway.json');
    expect(JSON.parse(written)).toMatchObject({
      schemaVersion: 1,
      project: '@acme/gateway',
      verdict: 'pass',
    });
    workspace.remove('out');
    expect(run().output).toMatch(/cache/);
    expect(workspace.read('out/gateway.json')).toBe(written);
  });
});
