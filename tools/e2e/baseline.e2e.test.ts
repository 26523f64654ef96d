import { afterEach, describe, expect, it } from 'vitest';
import { acmeFiles } from './acme-files';
import { E2eWorkspace } from './e2e-workspace';
import { wantedMajors } from './nx-installation';

const MONITORING = 'packages/monitoring/src/index.js';
const GATEWAY = 'packages/gateway/src/index.js';
const BASELINE = 'packages/gateway/verify-exports.baseline.json';

describe.each(wantedMajors())('a baseline on Nx %s', (major) => {
  let workspace: E2eWorkspace;
  afterEach(() => workspace.dispose());

  const check = (...args: readonly string[]) =>
    workspace.nx('run-many', '-t', 'verify-exports', '--output-style=static', ...args);

  it('accepts what exists, reports what is new, is an input of the task, and shrinks', () => {
    workspace = new E2eWorkspace(major, acmeFiles());
    workspace.edit(MONITORING, 'export { startTimer', '// export { startTimer');
    const before = check();
    expect(before.status).not.toBe(0);
    expect(before.output).toContain('"startTimer" is imported');

    const written = workspace.nx('g', '@verify-exports/nx:baseline', '--reason=Removed in May.');
    expect(written.status, written.output).toBe(0);
    expect(written.output).toContain(`Wrote ${BASELINE}: 1 added, 0 removed, 1 in total.`);
    expect(JSON.parse(workspace.read(BASELINE))).toMatchObject({
      findings: [{ rule: 'VE201', text: expect.stringContaining('"startTimer"'), reason: 'Removed in May.' }],
    });
    const accepted = check();
    expect(accepted.status, accepted.output).toBe(0);
    expect(accepted.output).toContain('✔ @acme/gateway: 1 in the baseline; ');
    const replayed = check();
    expect(replayed.status).toBe(0);
    expect(replayed.output).toMatch(
      /nx run @acme\/gateway:verify-exports {2}\[(?:local cache|existing outputs match)/,
    );

    // The file is an input: without it the task runs again and fails.
    const file = workspace.read(BASELINE);
    workspace.remove(BASELINE);
    expect(check().status).not.toBe(0);
    workspace.write({ [BASELINE]: file });
    workspace.commit();
    workspace.write({ [BASELINE]: file.replace('Removed in May.', 'Removed in June.') });
    const affected = workspace.nx('show', 'projects', '--affected', '--base=HEAD');
    expect(affected.output).toContain('@acme/gateway');
    expect(affected.output).not.toContain('@acme/logging');

    workspace.edit(MONITORING, 'export { reportError', '// export { reportError');
    const broken = check();
    expect(broken.status).not.toBe(0);
    expect(broken.output).toContain('"reportError" is imported');
    expect(broken.output).not.toContain('"startTimer" is imported');

    workspace.edit(MONITORING, '// export { reportError', 'export { reportError');
    workspace.edit(MONITORING, '// export { startTimer', 'export { startTimer');
    const fixed = check();
    expect(fixed.status, fixed.output).toBe(0);
    expect(fixed.output).toContain(`${BASELINE} - 1 entry can be removed`);
    const pruned = workspace.nx('g', '@verify-exports/nx:baseline', '--prune');
    expect(pruned.status, pruned.output).toBe(0);
    expect(workspace.exists(BASELINE)).toBe(false);
  });

  it('fingerprints survive that lines move', () => {
    workspace = new E2eWorkspace(major, acmeFiles());
    workspace.edit(MONITORING, 'export { startTimer', '// export { startTimer');
    workspace.nx('run-many', '-t', 'build');
    expect(workspace.nx('g', '@verify-exports/nx:baseline').status).toBe(0);
    workspace.write({ [GATEWAY]: `// One more line.\n\n${workspace.read(GATEWAY)}` });
    const checked = check('--batch');
    expect(checked.status, checked.output).toBe(0);
  });
});

describe.each(wantedMajors())('reports on Nx %s', (major) => {
  it('are ignored by git, also if no one has added them to .gitignore', () => {
    const workspace = new E2eWorkspace(major, acmeFiles());
    workspace.write({ '.gitignore': 'node_modules\ndist\n.nx\n.cache\n' });
    workspace.commit();
    const run = () => workspace.nx('run-many', '-t', 'verify-exports');
    expect(run().status).toBe(0);
    expect(workspace.git('status', '--porcelain')).toBe('');
    // From the cache as well.
    workspace.remove('.verify-exports');
    const replayed = run();
    expect(replayed.output).toMatch(/local cache|cache instead of running/);
    expect(workspace.exists('.verify-exports/packages/gateway/report.json')).toBe(true);
    expect(workspace.git('status', '--porcelain')).toBe('');
    workspace.dispose();
  });

  it('say once that a project was never built', () => {
    const workspace = new E2eWorkspace(major, acmeFiles());
    const { output, status } = workspace.nx(
      'run',
      '@acme/monitoring:verify-exports',
      '--excludeTaskDependencies',
    );
    expect(status).not.toBe(0);
    expect(output.match(/is not built/g)).toHaveLength(1);
    expect(output).toContain('Run `nx run @acme/monitoring:build`.');
    expect(output).toContain('--exclude=@acme/monitoring');
    expect(output).not.toMatch(/error VE/);
    workspace.dispose();
  });

  it('runs another target that writes an entry point first', () => {
    const files = acmeFiles();
    const manifest = JSON.parse(files['packages/logging/package.json']!) as Record<string, unknown>;
    const logging = {
      ...manifest,
      exports: { '.': { import: './dist/index.js', require: './lib/index.cjs' } },
      scripts: { build: 'node ../../build.mjs', 'build-cjs': 'node ./cjs.mjs' },
      nx: {
        targets: {
          build: { outputs: ['{projectRoot}/dist'], cache: true },
          'build-cjs': { outputs: ['{projectRoot}/lib'], cache: true },
        },
      },
    };
    const workspace = new E2eWorkspace(major, {
      ...files,
      'packages/logging/package.json': JSON.stringify(logging, null, 2),
      'packages/logging/cjs.mjs':
        "import { mkdirSync, writeFileSync } from 'node:fs';\nmkdirSync('lib', { recursive: true });\nwriteFileSync('lib/index.cjs', 'exports.log = () => {};\\n');\n",
    });
    const checked = workspace.nx('run', '@acme/logging:verify-exports');
    expect(checked.status, checked.output).toBe(0);
    expect(workspace.exists('packages/logging/lib/index.cjs')).toBe(true);
    workspace.dispose();
  });
});
