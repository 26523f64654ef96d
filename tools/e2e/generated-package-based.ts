import { GENERATED_MAJORS, GeneratedWorkspace } from './generated-workspace';
import type { Kind } from './workspace-kinds';

const json = (value: unknown): string => `${JSON.stringify(value, null, 2)}\n`;

function packageFiles(
  name: string,
  source: string,
  dependencies: object = {},
): Readonly<Record<string, string>> {
  return {
    [`packages/${name}/package.json`]: json({
      name: `@acme/${name}`,
      version: '1.0.0',
      type: 'module',
      exports: { '.': { types: './dist/index.d.ts', default: './dist/index.js' } },
      files: ['dist'],
      scripts: { build: 'tsc -p tsconfig.json' },
      dependencies,
    }),
    [`packages/${name}/tsconfig.json`]: json({
      compilerOptions: {
        module: 'nodenext',
        target: 'es2022',
        declaration: true,
        rootDir: 'src',
        outDir: 'dist',
        strict: true,
        // The break must reach the output, so there is no type check.
        noCheck: true,
      },
      include: ['src'],
    }),
    [`packages/${name}/src/index.ts`]: source,
  };
}

/** `--preset=npm`: packages added by hand, with scripts that run tsc; Nx reads only their manifests. */
export function packageBased(): Kind {
  return {
    id: 'package-based',
    majors: GENERATED_MAJORS,
    make(major, root) {
      const workspace = new GeneratedWorkspace(major, root, { preset: 'npm' });
      workspace.write({
        ...packageFiles(
          'core',
          `export { load } from './load.js';\nexport type { Loaded } from './load.js';\n`,
        ),
        'packages/core/src/load.ts': `export interface Loaded {\n  readonly at: number;\n}\n\nexport const load = (): Loaded => ({ at: 1 });\n`,
        ...packageFiles(
          'ui',
          `import { load } from '@acme/core';\nimport type { Loaded } from '@acme/core';\n\nexport const show = (loaded: Loaded = load()): string => String(loaded.at);\n`,
          { '@acme/core': '^1.0.0' },
        ),
      });
      const build = { cache: true, dependsOn: ['^build'], outputs: ['{projectRoot}/dist'] };
      workspace.configure({ targetDefaults: { build } });
      workspace.addProduct('typescript@~5.9.0');
      return {
        root,
        nx: (...args) => workspace.nx(...args),
        break: {
          apply: () =>
            workspace.replace('packages/core/src/index.ts', `export { load } from './load.js';\n`, ''),
          place: 'packages/ui/src/index.ts:1:10 - error VE201',
        },
      };
    },
  };
}
