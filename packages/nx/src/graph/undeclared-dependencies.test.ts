import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import type { CreateDependenciesContext } from '@nx/devkit';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { packageNameOf, quotedPackageNames } from './package-names';
import { undeclaredDependencies } from './undeclared-dependencies';

let workspaceRoot: string;
beforeEach(() => void (workspaceRoot = mkdtempSync(join(tmpdir(), 'undeclared-'))));
afterEach(() => rmSync(workspaceRoot, { recursive: true }));

/** Packages a, b and c in packages/, plus the given files, all of them changed. */
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
    names.map((name) => [name, filesOf(name).map((file) => ({ file, hash: '' }))]),
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
  (await undeclaredDependencies(context)).map(
    ({ source, target, ...edge }) =>
      `${source} -> ${target} (${'sourceFile' in edge ? edge.sourceFile : ''})`,
  );

describe('undeclaredDependencies', () => {
  it('knows projects by the path aliases of the workspace, too', async () => {
    const context = contextOf({
      'tsconfig.base.json': `{
        // comments are allowed
        "compilerOptions": { "baseUrl": "packages", "paths": {
          "@org/b": ["b/src/index.ts"], "@org/b/testing": ["c/src/index.ts"], "@org/c/*": ["./c/src/*"] } }
      }`,
      'packages/a/src/x.ts': `import '@org/b';\nimport '@org/c/deep/file';`,
      'packages/b/src/y.ts': `import '@org/b/testing';\nimport '@org/b';\nimport '@org/unknown';`,
    });
    expect(await edgesOf(context)).toEqual([
      'a -> b (packages/a/src/x.ts)',
      'a -> c (packages/a/src/x.ts)',
      'b -> c (packages/b/src/y.ts)',
    ]);
  });

  it('adds one edge per file for what no manifest declares', async () => {
    const context = contextOf(
      {
        'packages/a/src/x.ts': `import { b } from '@acme/b/sub';\nimport type { B } from '@acme/b';\nimport { c } from '@acme/c';`,
        'packages/a/src/y.cjs': `const b = require('@acme/b');`,
        'packages/a/src/self.ts': `import '@acme/a';`,
      },
      { a: ['c'] },
    );
    expect(await edgesOf(context)).toEqual(['a -> b (packages/a/src/x.ts)', 'a -> b (packages/a/src/y.cjs)']);
  });

  it('is not taken in by names in comments, strings and other files', async () => {
    const context = contextOf({
      'packages/a/src/x.ts': `// import '@acme/b';\nexport const name = '@acme/b';`,
      'packages/a/README.md': `import '@acme/b'`,
      'packages/a/src/broken.ts': `import { from '@acme/b'`,
    });
    expect(await edgesOf(context)).toEqual([]);
  });

  it('never closes a circle', async () => {
    const declared = contextOf({ 'packages/b/src/x.ts': `import '@acme/a';` }, { a: ['c'], c: ['b'] });
    expect(await edgesOf(declared)).toEqual([]);
    const mutual = contextOf({
      'packages/a/x.ts': `import '@acme/b';`,
      'packages/b/x.ts': `import '@acme/a';`,
    });
    expect(await edgesOf(mutual)).toEqual(['a -> b (packages/a/x.ts)']);
  });
});

describe('package names', () => {
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
  ])('of %j is %j', (specifier, name) => expect(packageNameOf(specifier)).toBe(name));

  it('are found in any kind of quotes', () => {
    expect(
      quotedPackageNames(`import "@acme/a/x"; import '@acme/b'; require(\`lodash/fp\`); './local'`),
    ).toEqual(['@acme/a', '@acme/b', 'lodash']);
  });
});
