import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { acmeFiles, REPORTS } from './acme-files';
import { CacheServer } from './cache-server';
import { E2eWorkspace } from './e2e-workspace';
import { runCommand } from './nx-command';

/** Two machines are two clones that share only a remote cache. */
describe('results of several machines, on Nx 24', () => {
  let server: CacheServer;
  const clones: E2eWorkspace[] = [];
  beforeAll(async () => void (server = await CacheServer.start()));
  afterAll(async () => {
    for (const clone of clones) clone.dispose();
    await server.stop();
  });

  /** @param changed the same in every clone that shares results */
  function clone(changed: (workspace: E2eWorkspace) => void = () => {}): E2eWorkspace {
    const workspace = new E2eWorkspace(24, acmeFiles());
    clones.push(workspace);
    changed(workspace);
    return workspace;
  }
  const drop = (workspace: E2eWorkspace) =>
    workspace.edit('packages/monitoring/src/index.js', 'export { startTimer', '// export { startTimer');
  const verify = (workspace: E2eWorkspace, ...args: string[]) =>
    workspace.nxWith(server.env, 'run-many', '-t', 'verify-exports', '--output-style=static', ...args);
  const reportsOf = (workspace: E2eWorkspace) =>
    REPORTS.map((file) => (workspace.exists(file) ? workspace.read(file) : undefined));
  const merged = (workspace: E2eWorkspace) => {
    const bin = join(workspace.root, 'node_modules/.bin/verify-exports');
    const formats = ['--format', 'text', '--format', 'json=merged.json'];
    const { status, output } = runCommand(workspace.root, bin, ['report', ...formats]);
    const file = join(workspace.root, 'merged.json');
    return { status, output, text: existsSync(file) ? readFileSync(file, 'utf8') : undefined };
  };

  it('are all replayed by a second clone, reports included', () => {
    const first = clone();
    const ran = verify(first);
    expect(ran.status, ran.output).toBe(0);
    expect(ran.output).not.toContain('[remote cache]');

    const second = clone();
    const replayed = verify(second);
    expect(replayed.status, replayed.output).toBe(0);
    const tasks = Array.from(replayed.output.matchAll(/^> nx run .*$/gm), ([line]) => line);
    expect(tasks.length).toBeGreaterThanOrEqual(REPORTS.length);
    expect(tasks.filter((task) => !/\[remote cache\]/.test(task))).toEqual([]);
    expect(reportsOf(second)).toEqual(reportsOf(first));
    expect(reportsOf(second)).not.toContain(undefined);
  });

  it('are merged into the report of a single machine', () => {
    const alone = clone(drop);
    expect(alone.nx('run-many', '-t', 'verify-exports').status).toBe(1);

    const [left, right] = [clone(drop), clone(drop)];
    expect(verify(left, '--projects=@acme/gateway').status).toBe(1);
    expect(verify(right, '--projects=@acme/logging,@acme/monitoring').status).toBe(1);
    const [gateway] = REPORTS;
    right.write({ [gateway!]: left.read(gateway!) });

    const [whole, parts] = [merged(alone), merged(right)];
    expect(whole.text).toBeDefined();
    expect(parts).toEqual(whole);
    expect(whole.status).toBe(1);
    expect(whole.output).toContain('✖ 3 projects: 1 error;');
    const { findings } = JSON.parse(whole.text!) as { findings: { name: string }[] };
    expect(findings.map(({ name }) => name)).toEqual(['startTimer']);
  });
});
