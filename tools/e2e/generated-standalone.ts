import { GENERATED_MAJORS, GeneratedWorkspace } from './generated-workspace';
import type { Kind } from './workspace-kinds';

/** The built library's manifest leads to a module that lacks the name. Compilers do not notice: tsconfig paths lead them to the sources. */
function leadElsewhere(workspace: GeneratedWorkspace): void {
  workspace.write({ 'libs/cart/src/lib/other.ts': `export const other = 1;\n` });
  workspace.replace('libs/cart/package.json', '"./src/index.js"', '"./src/lib/other.js"');
}

/** `--preset=ts-standalone`: a library at the root, built by @nx/js:tsc into dist/<name>, and one below it that it imports. */
export function tsStandalone(): Kind {
  return {
    id: 'ts-standalone',
    majors: GENERATED_MAJORS,
    make(major, root) {
      const workspace = new GeneratedWorkspace(major, root, { preset: 'ts-standalone' });
      workspace.library('libs/cart', 'tsc');
      workspace.write({
        'src/index.ts': `import { cart } from '@acme/cart';\n\nexport const shop = (): string => cart();\n`,
      });
      workspace.replace('package.json', '"license"', '"private": true,\n  "license"');
      workspace.addProduct();
      return {
        root,
        nx: (...args) => workspace.nx(...args),
        // tsc leaves the import as it is: Node says "Cannot find module '@acme/cart'". (It would be an error if the package were published.)
        told: ['dist/*/src/index.js:*:* - warning VE207'],
        break: { apply: () => leadElsewhere(workspace), place: 'src/index.ts:1:10 - error VE201' },
      };
    },
  };
}

/**
 * An application at the root, as `@nx/node:app` makes one there, which @nx/esbuild compiles without bundling, and a library below
 * it. (The preset `node-standalone` runs the same generator; told not to ask, it waits for answers all the same on Nx 22.)
 */
export function nodeStandalone(): Kind {
  return {
    id: 'node-standalone',
    majors: GENERATED_MAJORS,
    make(major, root) {
      const workspace = new GeneratedWorkspace(major, root, { preset: 'apps' });
      workspace.add('@nx/node');
      const none = ['--framework=none', '--e2eTestRunner=none'];
      workspace.generate('@nx/node:app', '.', '--name=shop', '--rootProject', '--bundler=esbuild', ...none);
      workspace.library('libs/cart', 'tsc');
      workspace.write({ 'src/main.ts': `import { cart } from '@acme/cart';\n\nconsole.log(cart());\n` });
      workspace.addProduct();
      return {
        root,
        nx: (...args) => workspace.nx(...args),
        losses: [
          {
            project: 'shop',
            apply: () => workspace.remove('dist/shop/libs/cart/src/lib/cart.js'),
            place: 'dist/shop/libs/cart/src/index.js:*:* - error VE301',
          },
        ],
        break: { apply: () => leadElsewhere(workspace), place: 'src/main.ts:1:10 - error VE201' },
      };
    },
  };
}
