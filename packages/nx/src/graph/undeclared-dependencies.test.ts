import { createHash } from 'node:crypto';
import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import type { CreateDependenciesContext } from '@nx/devkit';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { packageNameOf, quotedSpecifiers } from './package-names';
import { undeclaredDependencies } from './undeclared-dependencies';

const hashOf = (text: string) => createHash('sha1').update(text).digest('hex');

let workspaceRoot: string;
beforeEach(() => void (workspaceRoot = mkdtempSync(join(tmpdir(), 'undeclared-'))));
afterEach(() => rmSync(workspaceRoot, { recursive: true }));

/** Packages a, b and c in packages/, plus the given files. All of them have changed. */
function contextOf(
  files: Readonly<Record<string, string>>,
  declared: Readonly<Record<string, string[]>> = {},
): CreateDependenciesContext {
  const names = ['a', 'b', 'c'];
  const texts = { ...files };
  for (const name of names) {
    const dependencies = Object.fromEntries((declared[name] ?? []).map((to) => [`@acme/${to}`, '*']));
    texts[`packages/${name}/package.json`] = JSON.stringify({ name: `@acme/${name}`, dependencies });
  }
  for (const [file, text] of Object.entries(texts)) {
    mkdirSync(dirname(join(workspaceRoot, file)), { recursive: true });
    writeFileSync(join(workspaceRoot, file), text);
  }
  const filesOf = (name: string) => Object.keys(texts).filter((file) => file.startsWith(`packages/${name}/`));
  const projectFileMap = Object.fromEntries(
    names.map((name) => [name, filesOf(name).map((file) => ({ file, hash: hashOf(texts[file]!) }))]),
  );
  const fileMap = { projectFileMap, nonProjectFiles: [] };
  const projects = Object.fromEntries(names.map((name) => [name, { root: `packages/${name}` }]));
  return {
    workspaceRoot,
    projects,
    fileMap,
    filesToProcess: fileMap,
    externalNodes: {},
    nxJsonConfiguration: {},
  };
}

const edgesOf = async (context: CreateDependenciesContext) =>
  (await undeclaredDependencies(context)).edges.map(({ source, target }) => `${source} -> ${target}`);

let processes = 0;
/** What another process finds. Under another path, nothing is known that is not on the disk. */
function edgesInAnotherProcess(context: CreateDependenciesContext) {
  const path = join(workspaceRoot, `process-${processes++}`);
  symlinkSync(workspaceRoot, path, 'junction');
  return edgesOf({ ...context, workspaceRoot: path });
}

const circularOf = async (context: CreateDependenciesContext) =>
  Object.fromEntries((await undeclaredDependencies(context)).circular);

describe('undeclaredDependencies', () => {
  it('resolves path aliases of the workspace', async () => {
    const context = contextOf({
      'tsconfig.base.json': `{
        // comments are allowed
        "compilerOptions": { "baseUrl": "packages", "paths": {
          "@org/b": ["b/src/index.ts"], "@org/b/testing": ["c/src/index.ts"], "@org/c/*": ["./c/src/*"] } }
      }`,
      'packages/a/src/x.ts': `import '@org/b';\nimport '@org/c/deep/file';`,
      'packages/b/src/y.ts': `import '@org/b/testing';\nimport '@org/b';\nimport '@org/unknown';`,
    });
    expect(await edgesOf(context)).toEqual(['a -> b', 'a -> c', 'b -> c']);
  });

  it('follows extends, wildcards for folders, and targets after the first', async () => {
    const context = contextOf({
      'tsconfig.json': '{ "extends": "./config/tsconfig.paths.json" }',
      'config/tsconfig.paths.json': '{ "extends": ["./base.json"] }',
      'config/base.json': `{ "compilerOptions": { "paths": {
        "@/*": ["../packages/*/src/index.ts"], "@org/b": ["../dist/b/index.d.ts", "../packages/b/src/index.ts"],
        "~c": ["../packages/c/src/index.ts"] } } }`,
      'packages/a/src/x.ts': `import '@org/b';\nimport '~c';`,
      'packages/b/src/x.ts': `import '~c';\nimport '@/nowhere';`,
    });
    expect(await edgesOf(context)).toEqual(['a -> b', 'a -> c', 'b -> c']);
  });

  it('adds one dependency for an undeclared package', async () => {
    const context = contextOf(
      {
        'packages/a/src/x.ts': `import { b } from '@acme/b/sub';\nimport type { B } from '@acme/b';\nimport { c } from '@acme/c';`,
        'packages/a/src/y.cjs': `const b = require('@acme/b');`,
        'packages/a/src/self.ts': `import '@acme/a';`,
      },
      { a: ['c'] },
    );
    expect(await edgesOf(context)).toEqual(['a -> b']);
  });

  it('reads code that does not parse, and code that is nested too deeply for a parser', async () => {
    const deep = `${'('.repeat(20_000)}1${')'.repeat(20_000)};`;
    const context = contextOf({
      'packages/a/src/broken.ts': `import { from '@acme/b'`,
      'packages/b/src/deep.js': `import { c } from '@acme/c';\nexport default ${deep}`,
    });
    expect(await edgesOf(context)).toEqual(['a -> b', 'b -> c']);
  });

  it('skips files that cannot be read, and never throws or waits', async () => {
    const huge = `import '@acme/b';\n//${'x'.repeat(17 * 1024 * 1024)}`;
    const context = contextOf({ 'packages/a/src/huge.js': huge, 'packages/b/src/b.js': `import '@acme/c';` });
    execFileSync('mkfifo', [join(workspaceRoot, 'packages/a/src/pipe.js')]);
    mkdirSync(join(workspaceRoot, 'packages/a/src/folder.js'));
    const listed = ['pipe.js', 'folder.js', 'gone.js'].map((name) => ({
      file: `packages/a/src/${name}`,
      hash: name,
    }));
    context.fileMap.projectFileMap['a']!.push(...listed);
    writeFileSync(join(workspaceRoot, 'packages/c/package.json'), '['.repeat(100_000));
    expect(await edgesOf(context)).toEqual([]);
  });

  it('ignores names in comments, strings and other files', async () => {
    const context = contextOf({
      'packages/a/src/x.ts': `// import '@acme/b';\nexport const name = '@acme/b';`,
      'packages/a/README.md': `import '@acme/b'`,
    });
    expect(await edgesOf(context)).toEqual([]);
  });

  it('never creates a cycle, and reports the imports without a dependency', async () => {
    const declared = contextOf({ 'packages/b/src/x.ts': `import '@acme/a';` }, { a: ['c'], c: ['b'] });
    expect(await edgesOf(declared)).toEqual([]);
    expect(await circularOf(declared)).toEqual({ b: ['a'] });
    const mutual = contextOf({
      'packages/a/x.ts': `import '@acme/b';`,
      'packages/b/x.ts': `import '@acme/a';`,
    });
    expect(await edgesOf(mutual)).toEqual(['a -> b']);
    expect(await circularOf(mutual)).toEqual({ b: ['a'] });
  });

  it('never creates a cycle with implicitDependencies', async () => {
    const context = contextOf({ 'packages/b/src/x.ts': `import '@acme/a';` });
    context.projects['a']!.implicitDependencies = ['b'];
    expect(await circularOf(context)).toEqual({ b: ['a'] });
  });

  it('notices a changed manifest although no source has changed', async () => {
    const source = { 'packages/b/src/x.ts': `import '@acme/a';` };
    expect(await edgesOf(contextOf(source, { a: ['b'] }))).toEqual([]);
    expect(await edgesOf(contextOf(source))).toEqual(['b -> a']);
    expect(await edgesOf(contextOf(source, { b: ['a'] }))).toEqual([]);
  });

  it('reads a source again only if it changed, also in another process', async () => {
    const sources = {
      'packages/a/src/index.ts': `import '@acme/b';`,
      'packages/a/src/other.ts': `import '@acme/a';`,
      'packages/b/src/index.ts': `import '@acme/c';`,
    };
    const context = contextOf(sources);
    expect(await edgesOf(context)).toEqual(['a -> b', 'b -> c']);
    // Only a file that is read again shows what is on the disk.
    for (const file of Object.keys(sources)) writeFileSync(join(workspaceRoot, file), '');
    expect(await edgesInAnotherProcess(context)).toEqual(['a -> b', 'b -> c']);

    const [changed] = context.fileMap.projectFileMap['a']!.filter(({ file }) => file.endsWith('other.ts'));
    changed!.hash = hashOf('changed');
    writeFileSync(join(workspaceRoot, changed!.file), `import '@acme/c';`);
    expect(await edgesInAnotherProcess(context)).toEqual(['a -> b', 'a -> c', 'b -> c']);
    expect(await edgesInAnotherProcess(context)).toEqual(['a -> b', 'a -> c', 'b -> c']);
  });

  it('reads a source again if what was kept about it is damaged', async () => {
    const context = contextOf({ 'packages/a/src/index.ts': `import '@acme/b';` });
    expect(await edgesOf(context)).toEqual(['a -> b']);
    writeFileSync(join(workspaceRoot, '.nx/workspace-data/verify-exports-imports.json'), '{ "key": ');
    expect(await edgesInAnotherProcess(context)).toEqual(['a -> b']);
  });

  it('notices changed sources', async () => {
    expect(await edgesOf(contextOf({ 'packages/b/src/x.ts': `import '@acme/a';` }))).toEqual(['b -> a']);
    expect(await edgesOf(contextOf({ 'packages/b/src/x.ts': `import '@acme/c';` }))).toEqual(['b -> c']);
    expect(await edgesOf(contextOf({ 'packages/b/src/x.ts': '' }))).toEqual([]);
  });
});

describe('packageNameOf', () => {
  it.each([
    ['@acme/log/testing', '@acme/log'],
    ['lodash', 'lodash'],
    ['lodash/fp.js', 'lodash'],
    ['./x', undefined],
    ['/x', undefined],
    ['#internal', undefined],
    ['node:fs', undefined],
    ['@acme', undefined],
    ['', undefined],
  ])('returns for %j: %j', (specifier, name) => expect(packageNameOf(specifier)).toBe(name));
});

describe('quotedSpecifiers', () => {
  it('finds package names and aliases in any kind of quotes', () => {
    const text = `import "@acme/a/x"; import '@/b'; require(\`lodash/fp\`); './local' "two words"`;
    expect([...quotedSpecifiers(text)]).toEqual(['@acme/a/x', '@/b', 'lodash/fp']);
  });
});
