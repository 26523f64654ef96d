import { createRequire } from 'node:module';
import { join } from 'node:path';
import { types as valueTypes } from 'node:util';
import ts from 'typescript6';
import { describe, expect, test } from 'vitest';
import { checkAll } from '../../test/check-workspace.js';
import { writeWorkspace } from '../../test/text-workspace.js';

/**
 * Oracle: the format in which Node loads a file, and the format that TypeScript assumes for its
 * declarations. There is a finding exactly if they differ.
 */
const ROWS = (['module', 'commonjs', undefined] as const).flatMap((type) =>
  (['js', 'mjs', 'cjs'] as const).flatMap((script) =>
    (['d.ts', 'd.mts', 'd.cts'] as const).map((declaration) => ({ type, script, declaration })),
  ),
);

describe('formats of declarations and JavaScript', () => {
  test.each(ROWS)('type $type: .$script with .$declaration', ({ type, script, declaration }) => {
    const isModule = script === 'mjs' || (script === 'js' && type === 'module');
    const manifest = {
      name: '@acme/lib',
      ...(type && { type }),
      exports: { types: `./types.${declaration}`, default: `./index.${script}` },
    };
    using workspace = writeWorkspace(
      new Map([
        ['packages/lib/package.json', JSON.stringify(manifest)],
        [`packages/lib/index.${script}`, isModule ? 'export const a = 1;' : 'exports.a = 1;'],
        [`packages/lib/types.${declaration}`, 'export declare const a: number;'],
      ]),
    );
    const at = (file: string): string => join(workspace.root, 'packages/lib', file);
    const options = {
      module: ts.ModuleKind.NodeNext,
      moduleResolution: ts.ModuleResolutionKind.NodeNext,
    };
    const implied = ts.getImpliedNodeFormatForFile(at(`types.${declaration}`), undefined, ts.sys, options);
    const loaded: unknown = createRequire(at('package.json'))(at(`index.${script}`));
    const differ = (implied === ts.ModuleKind.ESNext) !== valueTypes.isModuleNamespaceObject(loaded);
    const codes = checkAll(workspace.root).flatMap(({ findings }) => findings.map(({ code }) => code));
    expect(codes).toEqual(differ ? ['VE210'] : []);
  });
});
