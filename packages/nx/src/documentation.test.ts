import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { parseDocument } from 'yaml';
import { githubWorkflow, gitlabJob } from './generators/init/ci-files';
import type { PackageManager } from './generators/init/install-commands';
import { HALF_WRITTEN_MS, ONE_MODULE_MS, QUIET_MS, SURE_MS } from './executors/watch/watch';
import { WATCH_BACKGROUND } from './executors/watch/watch-words';
import { PROBLEM_MATCHERS } from './generators/init/vscode-files';
import { resolvePluginOptions } from './plugin-options';

const folder = join(__dirname, '..');
const read = (file: string) => readFileSync(join(folder, file), 'utf8');
const json = (file: string) => JSON.parse(read(file)) as Record<string, never>;
const blocksOf = (page: string, language: string) =>
  [...page.matchAll(new RegExp(`^\`\`\`${language}\\n([^]*?)^\`\`\`$`, 'gm'))].map(([, block]) => block!);

/** The options that the executor's schema lists. */
const optionsOfTarget = () => Object.keys(json('src/executors/verify-exports/schema.json')['properties']!);

describe('README.md', () => {
  const readme = read('README.md');

  it('lists every option of the target, and no other, with a link to its section', () => {
    const listed = [...readme.matchAll(/^\| \[`(\w+)`\]\(docs\/options\.md#(\w+)\)/gm)];
    expect(listed.map(([, option]) => option).sort()).toEqual(optionsOfTarget().sort());
    for (const [, option, anchor] of listed) expect(anchor).toBe(option!.toLowerCase());
  });

  it('lists every option of the plugin with its default, and no other', () => {
    const listed = [...readme.matchAll(/^\| `(\w+)` +\| `([^`]+)` +\|/gm)].map(([, option, value]) => [
      option,
      value,
    ]);
    const defaults = Object.entries(resolvePluginOptions({})).map(([option, value]) => [
      option,
      String(value),
    ]);
    expect(listed.sort()).toEqual(defaults.sort());
  });

  it.each(blocksOf(readme, 'json'))('contains valid JSON: %s', (block) => {
    expect(() => JSON.parse(block) as unknown).not.toThrow();
  });
});

describe('docs/options.md', () => {
  const page = read('docs/options.md');
  const sections = [...page.matchAll(/^### `(\w+)`\n([^]*?)(?=^##)/gm)];

  it('has a section for every option of the target, and no other', () => {
    expect(sections.map(([, option]) => option).sort()).toEqual(optionsOfTarget().sort());
  });

  it('has an example in every section', () => {
    for (const [, option, text] of sections)
      expect(Object.keys(JSON.parse(blocksOf(text!, 'json').at(-1)!) as object)).toContain(option);
  });

  it('names every value of format', () => {
    const { properties } = json('src/executors/verify-exports/schema.json') as unknown as {
      properties: { format: { enum: string[] } };
    };
    const [row] = /^\| \[`format`\].*$/m.exec(page)!;
    for (const value of properties.format.enum) expect(row).toContain(`"${value}"`);
  });

  it.each(blocksOf(page, 'json'))('contains valid JSON: %s', (block) => {
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

  it.each(blocks)('contains valid YAML that runs affected projects and keeps the reports: %s', (block) => {
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

  it('shows a watch task whose patterns match the first and last line of a round', () => {
    expect(task).toMatchObject({
      isBackground: true,
      problemMatcher: { ...PROBLEM_MATCHERS[0], background: WATCH_BACKGROUND },
    });
    expect(task!['command']).toContain(`:${resolvePluginOptions({}).watchTargetName} --all`);
  });

  it('says how long the watch waits', () => {
    const text = page.replaceAll(/\s+/g, ' ');
    expect(text).toContain(`A pass is printed after ${QUIET_MS} ms without changes`);
    expect(text).toContain(
      `A failure is printed after ${ONE_MODULE_MS} ms if the files of one module changed`,
    );
    expect(text).toContain(`otherwise after ${SURE_MS} ms`);
    expect(text).toContain(`a failure is printed after ${HALF_WRITTEN_MS / 1000} s`);
  });

  it('uses only options of `nx watch` that Nx knows', () => {
    const [command] = blocksOf(page, 'sh');
    const [, options] = /^npx nx watch (.+?) -- npx nx run-many -t verify-exports$/m.exec(command!)!;
    const nx = read('../../node_modules/nx/dist/src/command-line/watch/command-object.js');
    for (const option of options!.split(' ')) expect(nx).toContain(`option('${option.replace(/^--/, '')}'`);
  });
});

describe('Nx', () => {
  it.each(['executors', 'generators'])('lists %s with a description, a schema and code', (kind) => {
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

  it('finds the migrations that package.json names, each with a version and a default export', () => {
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
