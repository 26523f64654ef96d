import { rmSync, writeFileSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { runCommand, runNx } from './nx-command';
import type { Result } from './nx-command';
import { versionOf } from './nx-installation';
import { packedTarballs } from './packed-tarballs';
import { replaceIn } from './replace-in';
import type { Kind } from './workspace-kinds';

/** The bundlers that `@nx/js:lib` knows; each infers or configures another build target. */
const BUNDLERS = ['tsc', 'swc', 'rollup', 'vite', 'esbuild'] as const;

function demand(result: Result, what: string): Result {
  if (result.status !== 0) throw new Error(`${what}:\n${result.output}`);
  return result;
}

/**
 * What `create-nx-workspace --preset=ts` and `nx g @nx/js:lib` make: workspaces of the package manager, project references, a
 * custom condition that leads to the sources, inferred builds. A library per bundler, and one that imports them all.
 */
function solution(): Kind {
  return {
    id: 'solution',
    // The newest major that create-nx-workspace and the plugins are all published for alike.
    majors: [22],
    make(major, folder) {
      rmSync(folder, { recursive: true, force: true });
      const [parent, name] = [dirname(folder), basename(folder)];
      const create = `create-nx-workspace@${versionOf(major)}`;
      const fixed = ['--pm=npm', '--nxCloud=skip', '--interactive=false', '--skipGit'];
      demand(runCommand(parent, 'npx', ['--yes', create, name, '--preset=ts', ...fixed]), create);
      const nx = (...args: readonly string[]) => runNx(folder, args);
      for (const bundler of [...BUNDLERS, 'none'] as const) {
        const named = [
          `packages/with-${bundler}`,
          `--name=with-${bundler}`,
          `--importPath=@acme/with-${bundler}`,
        ];
        const options = [
          `--bundler=${bundler === 'none' ? 'tsc' : bundler}`,
          '--unitTestRunner=none',
          '--linter=none',
        ];
        demand(nx('g', '@nx/js:lib', ...named, ...options, '--no-interactive'), bundler);
      }
      importAll(folder);
      addPlugin(folder);
      // Without a terminal Nx refuses to build while references are missing.
      nx('sync');
      return {
        root: folder,
        nx,
        break: () =>
          replaceIn(
            join(folder, 'packages/with-esbuild/src/lib/with-esbuild.ts'),
            'withEsbuild',
            'withOther',
          ),
        place: 'packages/with-none/src/lib/with-none.ts:5:10 - error VE201',
      };
    },
  };
}

/** The library `with-none` imports the one name that every generated library exports. */
function importAll(folder: string): void {
  const nameOf = (bundler: string) => `with${bundler[0]!.toUpperCase()}${bundler.slice(1)}`;
  const imports = BUNDLERS.map((bundler) => `import { ${nameOf(bundler)} } from '@acme/with-${bundler}';\n`);
  const used = BUNDLERS.map((bundler) => `${nameOf(bundler)}()`).join(', ');
  writeFileSync(
    join(folder, 'packages/with-none/src/lib/with-none.ts'),
    `${imports.join('')}\nexport const all = (): string => [${used}].join();\n`,
  );
  const dependencies = BUNDLERS.map((bundler) => `"@acme/with-${bundler}": "*"`).join(', ');
  replaceIn(
    join(folder, 'packages/with-none/package.json'),
    '"dependencies": {',
    `"dependencies": { ${dependencies},`,
  );
  // The generated manifest lists declarations that this bundler's plugin writes elsewhere (VE103, and rightly so).
  replaceIn(
    join(folder, 'packages/with-rollup/package.json'),
    '"types": "./dist/index.esm.d.ts",\n      "import',
    '"types": "./dist/src/index.d.ts",\n      "import',
  );
}

function addPlugin(folder: string): void {
  const { engine, nx } = packedTarballs();
  demand(runCommand(folder, 'npm', ['install', '--save-dev', engine, nx]), 'npm install');
  demand(runNx(folder, ['g', '@verify-exports/nx:init']), 'init');
}

export function generatedKinds(): readonly Kind[] {
  return [solution()];
}
