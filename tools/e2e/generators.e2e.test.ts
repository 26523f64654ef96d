import { afterEach, describe, expect, it } from 'vitest';
import { acmeFiles } from './acme-files';
import { E2eWorkspace } from './e2e-workspace';
import { wantedMajors } from './nx-installation';

const BARREL = 'packages/monitoring/src/index.js';

describe.each(wantedMajors())('the generators on Nx %s', (major) => {
  let workspace: E2eWorkspace;
  afterEach(() => workspace.dispose());

  it('show the edits of fix, make them, and leave no finding after the next build', () => {
    workspace = new E2eWorkspace(major, acmeFiles());
    workspace.edit(BARREL, `export { startTimer } from './timers.js';\n`, '');
    const broken = workspace.read(BARREL);
    workspace.nx('run-many', '-t', 'build');

    const dry = workspace.nx('g', '@verify-exports/nx:fix', '--dry-run');
    expect(dry.status, dry.output).toBe(0);
    expect(dry.output).toContain(`+export { startTimer } from './timers.js';`);
    expect(workspace.read(BARREL)).toBe(broken);

    const fixed = workspace.nx('g', '@verify-exports/nx:fix', '--project=@acme/gateway', '--rule=VE201');
    expect(fixed.status, fixed.output).toBe(0);
    expect(workspace.read(BARREL)).toBe(`${broken}export { startTimer } from './timers.js';\n`);
    const verified = workspace.nx('run-many', '-t', 'verify-exports');
    expect(verified.status, verified.output).toBe(0);
  });

  it('declare dependencies by sync only if nx.json lists it', () => {
    workspace = new E2eWorkspace(major, acmeFiles());
    const manifest = 'packages/gateway/package.json';
    const declared = workspace.read(manifest);
    const { dependencies: _, ...rest } = JSON.parse(declared) as Record<string, unknown>;
    workspace.write({ [manifest]: `${JSON.stringify(rest, null, 2)}\n` });
    const unlisted = workspace.nx('sync:check');
    expect(unlisted.status, unlisted.output).toBe(0);

    workspace.edit(
      'nx.json',
      '"plugins"',
      '"sync": { "globalGenerators": ["@verify-exports/nx:sync"] },\n  "plugins"',
    );
    const checked = workspace.nx('sync:check');
    expect(checked.status, checked.output).not.toBe(0);
    expect(checked.output).toContain(`not declared in ${manifest}`);
    const synced = workspace.nx('sync');
    expect(synced.status, synced.output).toBe(0);
    expect(JSON.parse(workspace.read(manifest))).toMatchObject({
      dependencies: { '@acme/monitoring': expect.any(String) },
    });
    expect(workspace.nx('sync:check').status).toBe(0);
  });

  it('are listed and explained', () => {
    workspace = new E2eWorkspace(major, acmeFiles());
    const listed = workspace.nx('list', '@verify-exports/nx').output;
    expect(listed).toMatch(/init.*Registers the plugin[^]*fix.*Applies the fixes/);
    for (const help of [
      workspace.nx('g', '@verify-exports/nx:fix', '--help'),
      workspace.nx('run', '@acme/gateway:verify-exports', '--help'),
    ]) {
      expect(help.status, help.output).toBe(0);
      expect(help.output).toContain('Examples:');
      expect(help.output).not.toContain('undefined');
    }
  });
});
