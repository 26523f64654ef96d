import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { acmeFiles } from './acme-files';
import { E2eWorkspace } from './e2e-workspace';
import { RunningNx, survivors } from './running-nx';

const OUTPUT = 'packages/monitoring/dist/index.js';
const WATCHING = ' - watching';

/** How VS Code recognises rounds, from the documentation. */
function backgroundInTheDocumentation(): Readonly<Record<string, string>> {
  const page = readFileSync(join(import.meta.dirname, '../../packages/nx/docs/editors.md'), 'utf8');
  const [, block] = /^```json\n(\{\n {2}"label"[^]*?)^```$/m.exec(page)!;
  return (JSON.parse(block!) as { problemMatcher: { background: Record<string, string> } }).problemMatcher
    .background;
}

describe('watching', () => {
  let workspace: E2eWorkspace;
  let nx: RunningNx;
  beforeAll(() => {
    workspace = new E2eWorkspace(24, acmeFiles());
    expect(workspace.nx('run-many', '-t', 'build').status).toBe(0);
    nx = new RunningNx(workspace.root, 'run', '@acme/gateway:verify-exports:watch', '--all');
  });
  afterAll(async () => {
    await nx.stop('SIGKILL');
    workspace.dispose();
  });
  const verdict = () =>
    (
      JSON.parse(workspace.read('.verify-exports/packages/gateway/report.json')) as {
        verdict: string;
      }
    ).verdict;

  it('starts with a result for the built output', async () => {
    const printed = await nx.until(WATCHING);
    expect(printed).toContain('✔ verify-exports: 3 projects (3 checked');
    expect(verdict()).toBe('pass');
  });

  it('reports a break in an output, and the broken dependents', async () => {
    workspace.edit(OUTPUT, 'export { startTimer', '// export { startTimer');
    const printed = await nx.until(WATCHING);
    expect(printed).toContain(`> verify-exports: ${OUTPUT} changed`);
    expect(printed.split('error VE201 missing-export')).toHaveLength(3);
    expect(printed).toContain('✖ verify-exports: 1 problem in 2 of 3 projects: 1 error (2 checked');
    const { beginsPattern, endsPattern } = backgroundInTheDocumentation();
    const lines = printed.split('\n');
    expect(lines.filter((line) => new RegExp(beginsPattern!).test(line))).toHaveLength(1);
    expect(lines.findIndex((line) => new RegExp(endsPattern!).test(line))).toBe(lines.length - 1);
    expect(verdict()).toBe('fail');
  });

  it('reports that the break is fixed', async () => {
    workspace.edit(OUTPUT, '// export { startTimer', 'export { startTimer');
    const printed = await nx.until(WATCHING);
    expect(printed).toContain('✔ @acme/gateway');
    expect(printed).toContain('✔ verify-exports: 3 projects (2 checked');
    expect(verdict()).toBe('pass');
  });

  it('notices a new project without a restart', async () => {
    const files = Object.entries(acmeFiles()).filter(([file]) => file.startsWith('packages/logging/'));
    workspace.write(
      Object.fromEntries(
        files.map(([file, text]) => [
          file.replace('/logging/', '/auditing/').replace('/src/', '/dist/'),
          text.replaceAll('@acme/logging', '@acme/auditing'),
        ]),
      ),
    );
    expect(await nx.until('4 projects')).toContain('✔ @acme/auditing');
    await nx.until(WATCHING);
  });

  it('ends with Nx and leaves no process', async () => {
    const pids = nx.descendants;
    if (process.platform === 'linux') expect(pids).not.toEqual([]);
    await nx.stop('SIGINT');
    expect(await survivors(pids)).toEqual([]);
  });
});
