import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { acmeFiles } from './acme-files';
import { E2eWorkspace, ISOLATED_PLUGINS } from './e2e-workspace';
import { installationOf, wantedMajors } from './nx-installation';

describe.each(wantedMajors())('installing on Nx %s', (major) => {
  const { root } = installationOf(major);
  const read = (file: string) => readFileSync(join(root, file), 'utf8');

  it('registers the plugin by nx add, keeps the content of nx.json, and ignores the reports', () => {
    expect(read('nx.json')).toBe(
      '{\n  // Kept by nx add.\n  "analytics": false,\n  "cacheDirectory": ".cache/nx",\n  "plugins": [\n    {\n      "plugin": "@verify-exports/nx"\n    }\n  ]\n}\n',
    );
    expect(read('.gitignore')).toBe('node_modules\ndist\n.nx\n.cache\n.verify-exports\n');
    expect(JSON.parse(read('package.json'))).toMatchObject({
      devDependencies: { '@verify-exports/nx': expect.any(String) },
    });
  });

  it('changes nothing by a second init or by a dry run', () => {
    const workspace = new E2eWorkspace(major, acmeFiles(), ISOLATED_PLUGINS);
    const [nxJson, gitignore] = [workspace.read('nx.json'), workspace.read('.gitignore')];
    const again = workspace.nx('g', '@verify-exports/nx:init');
    expect(again.status, again.output).toBe(0);
    expect(again.output).not.toMatch(/UPDATE|CREATE/);
    expect([workspace.read('nx.json'), workspace.read('.gitignore')]).toEqual([nxJson, gitignore]);

    workspace.write({ 'nx.json': '{ "analytics": false }', '.gitignore': 'node_modules\n' });
    const dry = workspace.nx('g', '@verify-exports/nx:init', '--dry-run');
    expect(dry.output).toMatch(/UPDATE nx\.json/);
    expect(workspace.read('nx.json')).toBe('{ "analytics": false }');
    workspace.dispose();
  });

  it('infers one target per package, and no project for a fixture', () => {
    const workspace = new E2eWorkspace(major, {
      ...acmeFiles(),
      'packages/gateway/fixtures/x/package.json': '{ "name": "fixture" }',
      'libs/plain/project.json': '{ "name": "plain" }',
    });
    const listed = workspace.nx('show', 'projects', '--with-target', 'verify-exports', '--json');
    const projects = JSON.parse(
      listed.output.slice(listed.output.indexOf('['), listed.output.lastIndexOf(']') + 1),
    ) as string[];
    expect(projects.sort()).toEqual(['@acme/gateway', '@acme/logging', '@acme/monitoring', 'plain']);
    workspace.dispose();
  });
});
