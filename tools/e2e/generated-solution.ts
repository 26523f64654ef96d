import { GENERATED_MAJORS, GeneratedWorkspace } from './generated-workspace';
import type { Kind } from './workspace-kinds';

/** The bundlers of `@nx/js:lib`. Each infers or configures a different build target. */
const BUNDLERS = ['tsc', 'swc', 'rollup', 'vite', 'esbuild'] as const;

/**
 * The output of `create-nx-workspace --preset=ts` and `nx g @nx/js:lib`: workspaces of the package manager, project references, a
 * custom condition that resolves to the sources, inferred builds. A library for each bundler, and one that imports them all.
 */
export function solution(id: string, packageManager: 'npm' | 'pnpm'): Kind {
  return {
    id,
    majors: GENERATED_MAJORS,
    make(major, root) {
      const workspace = new GeneratedWorkspace(major, root, { preset: 'ts', packageManager });
      for (const bundler of BUNDLERS) workspace.library(`packages/with-${bundler}`, bundler);
      workspace.library('packages/with-none', 'tsc');
      importAll(workspace, packageManager === 'pnpm' ? 'workspace:*' : '*');
      workspace.addProduct();
      return {
        root,
        nx: (...args) => workspace.nx(...args),
        break: {
          apply: () =>
            workspace.replace('packages/with-esbuild/src/lib/with-esbuild.ts', 'withEsbuild', 'withOther'),
          place: 'packages/with-none/src/lib/with-none.ts:5:10 - error VE201',
        },
      };
    },
  };
}

/** The library `with-none` imports the one name that every generated library exports. */
function importAll(workspace: GeneratedWorkspace, range: string): void {
  const nameOf = (bundler: string) => `with${bundler[0]!.toUpperCase()}${bundler.slice(1)}`;
  const imports = BUNDLERS.map((bundler) => `import { ${nameOf(bundler)} } from '@acme/with-${bundler}';\n`);
  const used = BUNDLERS.map((bundler) => `${nameOf(bundler)}()`).join(', ');
  workspace.write({
    'packages/with-none/src/lib/with-none.ts': `${imports.join('')}\nexport const all = (): string => [${used}].join();\n`,
  });
  const dependencies = BUNDLERS.map((bundler) => `"@acme/with-${bundler}": "${range}"`).join(', ');
  workspace.replace(
    'packages/with-none/package.json',
    '"dependencies": {',
    `"dependencies": { ${dependencies},`,
  );
  // The generated manifest lists declarations that this bundler's plugin writes elsewhere (VE103 is correct: TypeScript finds none).
  workspace.replace(
    'packages/with-rollup/package.json',
    '"types": "./dist/index.esm.d.ts",\n      "import',
    '"types": "./dist/src/index.d.ts",\n      "import',
  );
}
