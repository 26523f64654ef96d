import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { checkAll } from '../../test/check-workspace.js';
import { writeWorkspace } from '../../test/text-workspace.js';

/**
 * The oracle is Node. An application that imports one of Node's modules loads a package whose
 * format may be wrong. It must fail to start exactly if its report has an error.
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

/** The errors with which Node refuses to load or link a file. */
const REFUSALS =
  /ERR_REQUIRE_ESM|ERR_MODULE_NOT_FOUND|ERR_UNSUPPORTED_DIR_IMPORT|Cannot find module|Cannot use import statement|Unexpected token 'export'|(?:exports|require|module) is not defined/;

const outcomes = new Map<
  (typeof LAYOUTS)[number],
  { readonly codes: readonly string[]; readonly refusal: string }
>();

/** The errors of the report, and Node's error output, both computed once for a layout. */
function outcomeOf(layout: (typeof LAYOUTS)[number]) {
  const known = outcomes.get(layout);
  if (known) return known;
  using workspace = writeWorkspace(filesOf(layout));
  const report = checkAll(workspace.root, {}).find(({ project }) => project === '@acme/app')!;
  const codes = report.findings.filter(({ severity }) => severity === 'error').map(({ code }) => code);
  const main = join(workspace.root, 'packages/app/dist/main.js');
  const { status, stderr } = spawnSync(process.execPath, [main], { encoding: 'utf8' });
  const outcome = { codes, refusal: status === 0 ? '' : stderr };
  outcomes.set(layout, outcome);
  return outcome;
}

describe('output that loads another package', () => {
  it.each(LAYOUTS)(
    'has an error if Node refuses it: type $type, .$extension, written as $written, $inner, loaded by $app',
    (layout) => {
      const { codes, refusal } = outcomeOf(layout);
      if (refusal !== '') expect(refusal).toMatch(REFUSALS);
      expect(codes.length > 0, `${codes.join(' ')} ${refusal}`).toBe(refusal !== '');
    },
  );

  it('is refused for some layouts and accepted for others', () => {
    const refused = LAYOUTS.filter((layout) => outcomeOf(layout).refusal !== '');
    expect(refused.length).toBeGreaterThan(15);
    expect(LAYOUTS.length - refused.length).toBeGreaterThan(15);
  });
});
