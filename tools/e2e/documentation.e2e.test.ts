import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { acmeFiles } from './acme-files';
import { E2eWorkspace } from './e2e-workspace';
import { runCommand } from './nx-command';

const repository = join(import.meta.dirname, '..', '..');
const read = (file: string): string => readFileSync(join(repository, file), 'utf8');

/** Commands for a user's shell: in `sh` fences, or indented and starting with npx. */
function commandsIn(page: string): readonly string[] {
  const fenced = [...page.matchAll(/^```sh\n([\s\S]*?)^```$/gm)].flatMap(([, block]) =>
    block!.trim().split('\n'),
  );
  const indented = [...page.matchAll(/^ {4}(npx .+)$/gm)].map(([, command]) => command!);
  return [...new Set([...fenced, ...indented])];
}

/** Without editors.md, whose commands watch and so never end. */
const PAGES = [
  'README.md',
  'packages/nx/README.md',
  'packages/nx/docs/options.md',
  'packages/nx/docs/caching.md',
  'packages/nx/docs/ci.md',
  'packages/nx/docs/troubleshooting.md',
];

const COMMANDS = [...new Set(PAGES.flatMap((file) => commandsIn(read(file))))];

/** Continuous integration runs these two itself, in a fresh clone. */
const RUN_BY_CI: readonly string[] = ['npm ci && npm run demo', 'npm ci && npm test'];
/** nx-installation.ts runs it for every installation, from the packed tarball. */
const RUN_BY_INSTALLATION = 'npx nx add @verify-exports/nx';

describe('the commands of the documentation', () => {
  let workspace: E2eWorkspace;
  beforeAll(() => {
    workspace = new E2eWorkspace(24, acmeFiles());
    workspace.commit();
  });
  afterAll(() => workspace.dispose());

  it('include those for a fresh clone and the installation', () => {
    expect(COMMANDS).toEqual(expect.arrayContaining([...RUN_BY_CI, RUN_BY_INSTALLATION]));
    expect(COMMANDS.length).toBeGreaterThan(6);
  });

  it('for a fresh clone are run by continuous integration, which runs `npm run verify`', () => {
    const { scripts } = JSON.parse(read('package.json')) as { scripts: Record<string, string> };
    const [install, ...steps] = read('.ci/run').match(/^npm .+$/gm)!;
    expect([install, ...steps]).toEqual(['npm ci', 'npm run verify']);
    const verify = scripts['verify']!.split(' && ');
    for (const command of RUN_BY_CI) {
      const [first, ...parts] = command.split(' && ');
      expect(first).toBe(install);
      expect(verify).toEqual(expect.arrayContaining(parts));
    }
  });

  it.each(COMMANDS.filter((command) => !RUN_BY_CI.includes(command) && command !== RUN_BY_INSTALLATION))(
    '%s',
    (command) => {
      // `affected` needs a base, which a new repository does not have. --web would wait for a browser.
      const runnable = command
        .replace('gateway', '@acme/gateway')
        .replace('affected', 'affected --base=HEAD')
        .replace(' --web', ' --json');
      const result = runCommand(workspace.root, 'sh', ['-c', runnable]);
      expect(result.status, result.output).toBe(0);
    },
  );
});

it('runs the example of the library', () => {
  const workspace = new E2eWorkspace(24, acmeFiles());
  const [, example] = /^```js\n([\s\S]*?)^```$/m.exec(read('README.md'))!;
  writeFileSync(join(workspace.root, 'verify.mjs'), example!);
  workspace.nx('run-many', '-t', 'build');
  const healthy = runCommand(workspace.root, 'node', ['verify.mjs']);
  expect(healthy.status, healthy.output).toBe(0);
  expect(healthy.output).toContain('✔ @acme/gateway: 1 entry point');

  workspace.write({ 'packages/monitoring/dist/index.js': `export { reportError } from './errors.js';\n` });
  const broken = runCommand(workspace.root, 'node', ['verify.mjs']);
  expect(broken.status, broken.output).toBe(1);
  expect(broken.output).toContain('VE201 missing-export');
  workspace.dispose();
});
