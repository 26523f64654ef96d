import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { acmeFiles } from './acme-files';
import { E2eWorkspace } from './e2e-workspace';
import { wantedMajors } from './nx-installation';

// Each edit would make a cached verdict untrue; Nx has to notice, in a plain run and in `nx affected`.
describe.each(wantedMajors())('a cached verdict on Nx %s', (major) => {
  let workspace: E2eWorkspace;
  beforeEach(() => {
    workspace = new E2eWorkspace(major, acmeFiles());
    // gateway imports logging without declaring it. That is a finding, and failures are never cached: it is turned off here.
    workspace.edit(
      'packages/gateway/src/index.js',
      '\n\n',
      `\nimport { log } from '@acme/logging';\n\nlog('up');\n`,
    );
    const defaults = {
      'verify-exports': { options: { rules: { 'undeclared-workspace-dependency': 'off' } } },
    };
    workspace.edit('nx.json', '"plugins"', `"targetDefaults": ${JSON.stringify(defaults)},\n  "plugins"`);
    const { status, output } = workspace.nx('run-many', '-t', 'verify-exports');
    expect(status, output).toBe(0);
    workspace.commit();
  });
  afterEach(() => workspace.dispose());

  const GATEWAY = '> nx run @acme/gateway:verify-exports';
  const affected = () =>
    workspace.nx('affected', '-t', 'verify-exports', '--base=HEAD', '--output-style=static');
  const verify = (project: string) => workspace.nx('run', `@acme/${project}:verify-exports`);

  it('stands while nothing changes', () => {
    const { status, output } = workspace.nx('run-many', '-t', 'verify-exports', '--output-style=static');
    expect(status, output).toBe(0);
    expect(output).toMatch(
      /nx run @acme\/gateway:verify-exports {2}\[(?:local cache|existing outputs match)/,
    );
    expect(affected().output).not.toContain('nx run');
  });

  it('falls when a provider drops a name: the dependents are affected', () => {
    workspace.edit('packages/monitoring/src/index.js', 'export { startTimer', '// export { startTimer');
    const { status, output } = affected();
    expect(status, output).toBe(1);
    expect(output).toContain(GATEWAY);
    expect(output).toContain('"startTimer" is imported from "@acme/monitoring"');
    expect(verify('gateway').output).toContain('"startTimer" is imported from "@acme/monitoring"');
  });

  it("falls when a dependent asks for a name that is not there: its own, and the provider's", () => {
    workspace.edit('packages/gateway/src/index.js', '{ reportError,', '{ nowhere, reportError,');
    const { status, output } = affected();
    expect(status, output).toBe(1);
    expect(output).toContain(GATEWAY);
    const provider = verify('monitoring');
    expect(provider.status, provider.output).toBe(1);
    expect(provider.output).toContain('"nowhere" is imported from "@acme/monitoring"');
  });

  it('falls when a package drops a name that is imported without being declared', () => {
    workspace.edit('packages/logging/src/index.js', 'function log(', 'function write(');
    const { status, output } = affected();
    expect(status, output).toBe(1);
    expect(output).toContain(GATEWAY);
    expect(output).toContain('"log" is imported from "@acme/logging"');
    expect(verify('gateway').output).toContain('"log" is imported from "@acme/logging"');
  });
});
