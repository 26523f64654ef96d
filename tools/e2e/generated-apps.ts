import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { GENERATED_MAJORS, GeneratedWorkspace } from './generated-workspace';
import type { Kind } from './workspace-kinds';

/** Libraries that import one another through tsconfig paths, and applications that import them. */
const SOURCES = {
  'libs/util/src/lib/util.ts': `export interface Named {
  readonly name: string;
}

export function util(): string {
  return 'util';
}
`,
  'libs/fmt/src/lib/fmt.ts': `import { util } from '@acme/util';

export function fmt(): string {
  return \`fmt \${util()}\`;
}
`,
  'libs/view/src/lib/view.ts': `import { fmt } from '@acme/fmt';
import type { Named } from '@acme/util';

export function view(of: Named = { name: 'view' }): string {
  return \`\${of.name} \${fmt()}\`;
}
`,
  'libs/view/src/lib/other.ts': `export const other = (): string => 'other';\n`,
  'apps/api/src/main.ts': `import express from 'express';
import { fmt } from '@acme/fmt';
import { util } from '@acme/util';

const app = express();
app.get('/', (_request, response) => {
  response.send([fmt(), util()]);
});
app.listen(3000);
`,
  'apps/worker/src/main.ts': `import { fmt } from '@acme/fmt';
import { util } from '@acme/util';

console.log(fmt(), util());
`,
  'apps/shop/src/app/app.tsx': `import { lazy, Suspense } from 'react';
import { view } from '@acme/view';

const Later = lazy(() => import('./later'));

export function App() {
  return (
    <Suspense>
      <h1>{view()}</h1>
      <Later />
    </Suspense>
  );
}

export default App;
`,
  'apps/shop/src/app/later.tsx': `import { util } from '@acme/util';

export default function Later() {
  return <p>{util()}</p>;
}
`,
};

/**
 * `--preset=apps`: tsconfig paths, project.json, output in dist/<folder>. Libraries by tsc, Rollup and Vite; an Express
 * application by webpack, one that @nx/esbuild compiles without bundling, as the generator sets it, and a React application by Vite.
 */
export function apps(): Kind {
  return {
    id: 'apps',
    majors: GENERATED_MAJORS,
    make(major, root) {
      const workspace = new GeneratedWorkspace(major, root, { preset: 'apps' });
      workspace.add('@nx/node');
      workspace.add('@nx/react');
      workspace.library('libs/util', 'tsc');
      workspace.library('libs/fmt', 'rollup');
      workspace.library('libs/view', 'vite');
      const node = ['--e2eTestRunner=none'];
      workspace.generate('@nx/node:app', 'apps/api', '--bundler=webpack', '--framework=express', ...node);
      workspace.generate('@nx/node:app', 'apps/worker', '--bundler=esbuild', '--framework=none', ...node);
      const react = ['--bundler=vite', '--style=css', '--routing=false', '--e2eTestRunner=none'];
      workspace.generate('@nx/react:app', 'apps/shop', ...react);
      workspace.write(SOURCES);
      workspace.remove('apps/shop/src/app/nx-welcome.tsx');
      workspace.addProduct();
      const chunk = () => {
        const files = readdirSync(join(root, 'dist/apps/shop/assets'));
        return `dist/apps/shop/assets/${files.find((file) => /^later-.*\.js$/.test(file))!}`;
      };
      return {
        root,
        nx: (...args) => workspace.nx(...args),
        reported: [
          // tslib is in the root's devDependencies, which the generated manifest omits: Node prints "Cannot find module 'tslib'"
          // if only dist/apps/api and its dependencies exist.
          'dist/apps/api/main.js:*:* - warning VE303',
          // Rollup keeps the import in the output: Node prints "Cannot find module '@acme/util'".
          'dist/libs/fmt/index.cjs.js:*:* - warning VE207',
        ],
        losses: [
          {
            project: 'shop',
            apply: () => workspace.remove(chunk()),
            place: 'dist/apps/shop/assets/index-*.js:*:* - error VE301',
          },
          {
            project: 'worker',
            apply: () => workspace.remove('dist/apps/worker/libs/util/src/index.js'),
            place: 'dist/apps/worker/apps/worker/src/main.js:2:27 - error VE301',
          },
        ],
        // Bundlers that read the sources do not notice. Users of the built library do.
        break: {
          apply: () =>
            workspace.replace(
              'libs/view/vite.config.mts',
              "entry: 'src/index.ts'",
              "entry: 'src/lib/other.ts'",
            ),
          place: 'apps/shop/src/app/app.tsx:2:10 - error VE201',
        },
      };
    },
  };
}
