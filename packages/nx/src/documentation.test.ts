import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { parseDocument } from 'yaml';
import { githubWorkflow, gitlabJob } from './generators/init/ci-files';
import type { PackageManager } from './generators/init/package-manager';
import { HALF_WRITTEN_MS, QUIET_MS, SURE_MS } from './executors/watch/watch';
import { WATCH_BACKGROUND } from './executors/watch/watch-words';
import { PROBLEM_MATCHERS } from './generators/init/vscode-files';
import { resolvePluginOptions } from './plugin-options';

const folder = join(__dirname, '..');
const read = (file: string) => readFileSync(join(folder, file), 'utf8');
const json = (file: string) => JSON.parse(read(file)) as Record<string, never>;
const blocksOf = (page: string, language: string) =>
  [...page.matchAll(new RegExp(`^\`\`\`${language}\\n([^]*?)^\`\`\`$`, 'gm'))].map(([, block]) => block!);

describe('README.md', () => {
  const readme = read('README.md');

  it('tells every option of the target, and no other', () => {
    const told = [...readme.matchAll(/^\*\*`(\w+)`\*\*:/gm)].map(([, option]) => option);
    const { properties } = json('src/executors/verify-exports/schema.json');
    expect(told.sort()).toEqual(Object.keys(properties!).sort());
  });

  it('tells every option of the plugin with its default, and no other', () => {
    const told = [...readme.matchAll(/^\| `(\w+)` +\| `([^`]+)` +\|/gm)].map(([, option, value]) => [
      option,
      value,
    ]);
    const defaults = Object.entries(resolvePluginOptions({})).map(([option, value]) => [
      option,
      String(value),
    ]);
    expect(told.sort()).toEqual(defaults.sort());
  });

  it('tells every value of format', () => {
    const { properties } = json('src/executors/verify-exports/schema.json') as unknown as {
      properties: { format: { enum: string[] } };
    };
    const [paragraph] = /^\*\*`format`\*\*:[^]*?\n\n/m.exec(readme)!;
    for (const value of properties.format.enum) expect(paragraph).toContain(`\`${value}\``);
  });

  it.each(blocksOf(readme, 'json'))('has JSON that is valid: %s', (block) => {
    expect(() => JSON.parse(block) as unknown).not.toThrow();
  });
});

describe('docs/ci.md', () => {
  const blocks = blocksOf(read('docs/ci.md'), 'yaml');
  const facts = { targetName: 'verify-exports', buildTarget: 'build', base: 'main' };
  const npm: PackageManager = { name: 'npm', install: 'npm ci', exec: 'npx', lockFile: 'package-lock.json' };

  it('shows the files that init writes', () => {
    expect(blocks.slice(0, 2)).toEqual([githubWorkflow(facts, npm), gitlabJob(facts, npm)]);
  });

  it.each(blocks)('has pipelines that are YAML, affected only, with reports kept: %s', (block) => {
    const document = parseDocument(block);
    expect([...document.errors, ...document.warnings]).toEqual([]);
    expect(block).toContain('nx affected -t');
    expect(block).toMatch(/cache/);
    expect(JSON.stringify(document.toJS())).toContain('.verify-exports');
  });
});

describe('docs/editors.md', () => {
  const page = read('docs/editors.md');

  const [matcher, task] = blocksOf(page, 'json').map((block) => JSON.parse(block) as Record<string, unknown>);

  it('shows the matcher that init writes', () => {
    expect(matcher).toEqual(PROBLEM_MATCHERS[0]);
  });

  it('shows a task for the watch, which begins and ends as its output does', () => {
    expect(task).toMatchObject({
      isBackground: true,
      problemMatcher: { ...PROBLEM_MATCHERS[0], background: WATCH_BACKGROUND },
    });
    expect(task!['command']).toContain(`:${resolvePluginOptions({}).watchTargetName} --all`);
  });

  it('tells how long the watch waits', () => {
    for (const ms of [QUIET_MS, SURE_MS]) expect(page).toContain(`${ms} ms`);
    expect(page).toContain(`after ${HALF_WRITTEN_MS / 1000} s where`);
  });

  it('has a command for watching whose options Nx knows', () => {
    const [command] = blocksOf(page, 'sh');
    const [, options] = /^npx nx watch (.+?) -- npx nx run-many -t verify-exports$/m.exec(command!)!;
    const nx = read('../../node_modules/nx/dist/src/command-line/watch/command-object.js');
    for (const option of options!.split(' ')) expect(nx).toContain(`option('${option.replace(/^--/, '')}'`);
  });
});

describe('what Nx lists', () => {
  it.each(['executors', 'generators'])('%s have a description, a schema and code', (kind) => {
    const entries = Object.entries(
      (json(`${kind}.json`) as unknown as Record<string, Record<string, Record<string, string>>>)[kind]!,
    );
    for (const [name, entry] of entries) {
      expect(entry['description'], name).toMatch(/\w.*\.$/);
      const schema = json(entry['schema']!.replace('./dist', 'src')) as unknown as {
        description: string;
        properties: Record<string, { description: string }>;
        examples?: { command: string; description: string }[];
      };
      expect(schema.description, name).toMatch(/\w.*\.$/);
      for (const [option, { description }] of Object.entries(schema.properties))
        expect(description, `${name} ${option}`).toMatch(/\w.*\.$/);
      // Nx prints `undefined` for examples in any other form.
      for (const example of schema.examples ?? [])
        expect(example).toEqual({ command: expect.any(String), description: expect.any(String) });
      const code = entry['factory'] ?? entry['implementation']!;
      expect(read(`${code.replace('./dist', 'src')}.ts`)).toContain('export default');
    }
  });

  it('migrations are where package.json says, each with a version and code that exports default', () => {
    const { 'nx-migrations': migrations } = json('package.json') as unknown as Record<
      string,
      { migrations: string }
    >;
    const { generators } = json(migrations!.migrations) as unknown as {
      generators: Record<string, { version: string; description: string; implementation: string }>;
    };
    for (const { version, description, implementation } of Object.values(generators)) {
      expect(version).toMatch(/^\d+\.\d+\.\d+/);
      expect(description).toMatch(/\w/);
      expect(read(`${implementation.replace('./dist', 'src')}.ts`)).toContain('export default');
    }
  });
});
