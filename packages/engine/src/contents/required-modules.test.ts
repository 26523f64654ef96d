import { truncateSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { checkAll } from '../../test/check-workspace.js';
import { writeWorkspace } from '../../test/text-workspace.js';
import { normalizeOptions } from '../report/normalize-options.js';

const MAP = { version: 3, sources: ['../src/index.ts'], names: [], mappings: 'AAEA' };

/**
 * A bundle without the module that its entry imports for its side effects, and the given files
 * beside it.
 */
function page(files: Readonly<Record<string, string>>): ReadonlyMap<string, string> {
  return new Map(
    Object.entries({
      'packages/page/package.json':
        '{ "name": "@acme/page", "type": "module", "exports": "./dist/index.js" }',
      'packages/page/src/index.ts': "import './title.js';\nconsole.log(1);\n",
      'packages/page/src/title.ts': "document.title = 'Page';\n",
      'packages/page/dist/index.js': 'console.log(1);\n',
      ...files,
    }),
  );
}

function check(files: ReadonlyMap<string, string>, options?: unknown, change?: (root: string) => void) {
  using workspace = writeWorkspace(files);
  change?.(workspace.root);
  const [report] = checkAll(workspace.root, normalizeOptions(options));
  const { findings, problems, coverage } = report!;
  return {
    codes: findings.map(({ code }) => code),
    messages: findings.map(({ message }) => message),
    problems: problems.map(({ message }) => message),
    coverage,
  };
}

describe('source maps', () => {
  it.each([
    ['beside the file, unnamed', { 'packages/page/dist/index.js.map': JSON.stringify(MAP) }],
    [
      'inside the file',
      { 'packages/page/dist/index.js': `console.log(1);\n//# sourceMappingURL=${inline(MAP)}\n` },
    ],
    [
      'elsewhere',
      {
        'packages/page/dist/index.js': 'console.log(1);\n//# sourceMappingURL=maps/a.map\n',
        'packages/page/dist/maps/a.map': JSON.stringify({
          ...MAP,
          sourceRoot: '../..',
          sources: ['src/index.ts'],
        }),
      },
    ],
    [
      'of webpack',
      {
        'packages/page/dist/index.js.map': JSON.stringify({
          ...MAP,
          sources: ['webpack://@acme/page/./src/index.ts?1a'],
        }),
      },
    ],
    [
      'in sections',
      {
        'packages/page/dist/index.js.map': JSON.stringify({
          version: 3,
          sections: [{ offset: { line: 0, column: 0 }, map: MAP }],
        }),
      },
    ],
  ])('%s', (_, files) => {
    expect(check(page(files)).codes).toEqual(['VE305']);
  });

  it.each([
    ['cut off', '{ "version": 3, "sources": [', /cannot be read/],
    [
      'with nonsense for mappings',
      '{ "version": 3, "sources": ["../src/index.ts"], "names": [], "mappings": 7 }',
      /cannot be read/,
    ],
    [
      'of another workspace',
      JSON.stringify({ ...MAP, sources: ['../../elsewhere/x.ts'] }),
      /leads to no file/,
    ],
  ])('%s: unknown', (_, map, reason) => {
    const { codes, messages, coverage } = check(page({ 'packages/page/dist/index.js.map': map }));
    expect(codes).toEqual(['VE907']);
    expect(messages[0]).toMatch(reason);
    expect(coverage).toMatchObject({
      requiredModules: { contained: 0, dropped: 0, unknown: 1 },
      unknownBy: { VE907: 1 },
    });
  });

  it('of 100 MB are not read', () => {
    const files = page({ 'packages/page/dist/index.js.map': '{' });
    const { messages } = check(files, undefined, (root) =>
      truncateSync(join(root, 'packages/page/dist/index.js.map'), 100 * 1024 * 1024),
    );
    expect(messages).toEqual([expect.stringContaining('index.js.map has 105 MB, more than is read')]);
  });
});

describe('the options', () => {
  it('report a metafile that does not exist or has no known format', () => {
    const absent = check(page({}), { metafile: 'meta.json' });
    expect(absent.problems).toEqual([
      'The option "metafile" names packages/page/meta.json, which does not exist.',
    ]);
    const foreign = check(page({ 'packages/page/dist/site.json': '{ "pages": 1 }' }), {
      metafile: 'dist/site.json',
    });
    expect(foreign.problems[0]).toMatch(
      /^The option "metafile" cannot be used: .*site.json is not what esbuild/,
    );
  });

  it('report a glob that matches no file', () => {
    const { problems } = check(page({}), { requiredModules: ['src/handlers/*.ts', '!src/none.ts'] });
    expect(problems).toEqual([
      'The option "requiredModules" lists "src/handlers/*.ts", but no file of packages/page matches it.',
    ]);
  });

  it.each([
    [{ metafile: 1 }, 'The option "metafile" is 1.'],
    [{ requiredModules: 'src/a.ts' }, 'The option "requiredModules" is "src/a.ts".'],
  ])('are rejected if they have a wrong type: %j', (options, message) => {
    expect(() => normalizeOptions(options)).toThrow(message);
  });
});

describe('conventional places', () => {
  it('may have a different file of the same name', () => {
    const files = page({
      'packages/page/dist/manifest.json': '{ "name": "Page" }',
      'packages/page/stats.json': '7',
    });
    const { codes, problems } = check(files);
    expect({ codes, problems }).toEqual({ codes: ['VE907'], problems: [] });
  });

  it('may have a metafile about other files', () => {
    const meta = { inputs: {}, outputs: { 'o.js': { inputs: { 'x/a.ts': { bytesInOutput: 1 } } } } };
    const { messages } = check(page({ 'packages/page/dist/meta.json': JSON.stringify(meta) }));
    expect(messages).toEqual([expect.stringContaining('meta.json names no file of this project')]);
  });

  it('may have a metafile that is too large', () => {
    const { messages } = check(page({}), undefined, (root) => {
      const file = join(root, 'packages/page/dist/meta.json');
      writeFileSync(file, '');
      truncateSync(file, 100 * 1024 * 1024);
    });
    expect(messages).toEqual([expect.stringContaining('meta.json has 105 MB')]);
  });
});

function inline(map: unknown): string {
  return `data:application/json;charset=utf-8;base64,${Buffer.from(JSON.stringify(map)).toString('base64')}`;
}
