// The gate of `nx release`, with real releases: `node tools/e2e/long.mjs release`. It installs @nx/js, so it is not part of `npm test`.
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { acmeFiles } from './acme-files';
import { runCommand, runNx } from './nx-command';
import { packedTarballs } from './packed-tarballs';

/** The newest version that both packages have. */
const NX = '23.3.1';
const BARREL = 'packages/monitoring/src/index.js';
const GATE = /"preVersionCommand": "(.*)"/;

describe('nx release', () => {
  let root: string;
  const run = (command: string, ...args: readonly string[]) => runCommand(root, command, args);
  const release = (...args: readonly string[]) =>
    runNx(root, ['release', '--skip-publish', '--first-release', ...args]);
  const write = (file: string, text: string) => {
    mkdirSync(dirname(join(root, file)), { recursive: true });
    writeFileSync(join(root, file), text);
  };
  const commit = () => {
    run('git', 'add', '-A');
    run('git', 'commit', '-q', '-m', 'state');
  };
  const versionOf = (name: string) =>
    (JSON.parse(readFileSync(join(root, `packages/${name}/package.json`), 'utf8')) as { version: string })
      .version;
  const state = () => [run('git', 'tag').output.trim(), versionOf('monitoring')];

  beforeAll(() => {
    root = mkdtempSync(join(tmpdir(), 'verify-exports-release-'));
    const { engine, nx } = packedTarballs();
    const devDependencies = {
      nx: NX, '@nx/js': NX, '@verify-exports/engine': `file:${engine}`, '@verify-exports/nx': `file:${nx}`,
    }; // prettier-ignore
    const docs = readFileSync(join(import.meta.dirname, '../../packages/nx/docs/releases.md'), 'utf8');
    const version = {
      preVersionCommand: GATE.exec(docs)![1]!.replace('published', 'HEAD'),
      preserveMatchingDependencyRanges: false,
    };
    const changelog = { workspaceChangelog: false, projectChangelogs: false };
    const settings = { projects: ['packages/*'], projectsRelationship: 'independent', versionPlans: true, version, changelog, git: { commit: true, tag: true } }; // prettier-ignore
    for (const [file, text] of Object.entries(acmeFiles())) write(file, text);
    write(BARREL, `export const retired = true;\n${readFileSync(join(root, BARREL), 'utf8')}`);
    write(
      'package.json',
      JSON.stringify({ name: 'acme', private: true, workspaces: ['packages/*'], devDependencies }),
    );
    write(
      'nx.json',
      JSON.stringify({ analytics: false, plugins: ['@verify-exports/nx'], release: settings }),
    );
    write('.gitignore', 'node_modules\ndist\n.nx/cache\n.nx/workspace-data\n.verify-exports\n');
    const installed = run('npm', 'install');
    expect(installed.status, installed.output).toBe(0);
    run('git', 'init', '-q');
    run('git', 'config', 'user.name', 'e2e');
    run('git', 'config', 'user.email', 'e2e@example.com');
    expect(runNx(root, ['run-many', '-t', 'build']).status).toBe(0);
    expect(runNx(root, ['g', '@verify-exports/nx:surface']).status).toBe(0);
    commit();
  });
  afterAll(() => rmSync(root, { recursive: true, force: true }));

  it.each([['patch'], ['patch', '--dry-run']])(
    'stops before it writes or tags anything if an export is removed: %s %s',
    (...args) => {
      const before = state();
      write(BARREL, readFileSync(join(root, BARREL), 'utf8').replace('export const retired = true;\n', ''));
      commit();
      const { status, output } = release(...args);
      expect(status, output).toBe(1);
      expect(output).toContain('The pre-version command failed');
      expect(output).toContain('@acme/monitoring:verify-exports');
      expect(state()).toEqual(before);
    },
  );

  it('releases the same change with a major version', () => {
    write('.nx/version-plans/removal.md', '---\n"@acme/monitoring": major\n---\n\nRemoves retired.\n');
    commit();
    const { status, output } = release();
    expect(status, output).toBe(0);
    expect(run('git', 'tag').output).toContain('@acme/monitoring@2.0.0');
    expect(versionOf('monitoring')).toBe('2.0.0');
  });
});
