import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { judgeAll } from '../../test/judge-workspace.js';
import { writeWorkspace } from '../../test/text-workspace.js';

/**
 * The oracle is Node: an application that asks for one of Node's modules loads a package of another format than it may think. It must
 * fail to start exactly where its verdict has an error.
 */

const TYPES = [undefined, 'module', 'commonjs'] as const;
const EXTENSIONS = ['js', 'cjs', 'mjs'] as const;

interface Layout {
  readonly type: (typeof TYPES)[number];
  readonly extension: (typeof EXTENSIONS)[number];
  readonly written: 'esm' | 'commonjs';
  readonly inner: string;
  readonly app: 'esm' | 'commonjs';
}

const LAYOUTS = TYPES.flatMap((type) =>
  EXTENSIONS.flatMap((extension) =>
    (['esm', 'commonjs'] as const).flatMap((written) =>
      [`./inner.${extension}`, './inner'].flatMap((inner) =>
        (['esm', 'commonjs'] as const).map((app): Layout => ({
          type,
          extension,
          written,
          inner: inner,
          app,
        })),
      ),
    ),
  ),
);

function filesOf({ type, extension, written, inner, app }: Layout): ReadonlyMap<string, string> {
  const lib = { name: '@acme/lib', ...(type && { type }), exports: `./dist/index.${extension}` };
  const own = {
    name: '@acme/app',
    private: true,
    type: app === 'esm' ? 'module' : 'commonjs',
    main: './dist/main.js',
    dependencies: { '@acme/lib': '*' },
  };
  const isEsm = written === 'esm';
  return new Map([
    ['packages/lib/package.json', JSON.stringify(lib)],
    [
      `packages/lib/dist/index.${extension}`,
      isEsm ? `export { a } from '${inner}';\n` : `exports.a = require('${inner}').a;\n`,
    ],
    [`packages/lib/dist/inner.${extension}`, isEsm ? 'export const a = 1;\n' : 'exports.a = 1;\n'],
    ['packages/app/package.json', JSON.stringify(own)],
    [
      'packages/app/dist/main.js',
      app === 'esm'
        ? `import { sep } from 'node:path';\nimport * as lib from '@acme/lib';\nconsole.log(sep, lib);\n`
        : `const { sep } = require('node:path');\nconst lib = require('@acme/lib');\nconsole.log(sep, lib);\n`,
    ],
  ]);
}

describe('what Node refuses of other packages', () => {
  const failing: boolean[] = [];

  it.each(LAYOUTS)(
    'is told: type $type, .$extension, written as $written, $inner, asked by $app',
    (layout) => {
      using workspace = writeWorkspace(filesOf(layout));
      const report = judgeAll(workspace.root, {}).find(({ project }) => project === '@acme/app')!;
      const told = report.findings.filter(({ severity }) => severity === 'error').map(({ code }) => code);
      const node = spawnSync(process.execPath, [join(workspace.root, 'packages/app/dist/main.js')], {
        encoding: 'utf8',
      });
      expect({ fails: told.length > 0, told, stderr: node.stderr }).toEqual({
        fails: node.status !== 0,
        told,
        stderr: node.stderr,
      });
      failing.push(node.status !== 0);
    },
  );

  it('was asked both ways', () => {
    expect(failing.filter(Boolean).length).toBeGreaterThan(15);
    expect(failing.filter((fails) => !fails).length).toBeGreaterThan(15);
  });
});
