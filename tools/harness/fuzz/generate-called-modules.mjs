/**
 * Small workspaces for one question: may a module, its default or its namespace be called? Each has a provider with declarations and the
 * JavaScript that fits them, and consumers in TypeScript under several compiler settings.
 */

/** What a provider declares, and the CommonJS and ES module that have it. `undefined`: the format cannot have it. */
const PROVIDERS = {
  'export default': {
    dts: 'declare function plugin(): number;\nexport default plugin;\nexport declare const other: number;\n',
    cjs: '"use strict";\nObject.defineProperty(exports, "__esModule", { value: true });\nexports.default = plugin;\nexports.other = 1;\nfunction plugin() { return 1; }\n',
    esm: 'export default function plugin() { return 1; }\nexport const other = 1;\n',
  },
  'export = function': {
    dts: 'declare function plugin(): number;\ndeclare namespace plugin { const other: number; }\nexport = plugin;\n',
    cjs: 'module.exports = plugin;\nplugin.other = 1;\nfunction plugin() { return 1; }\n',
  },
  'export = function, in a chain': {
    dts: 'declare function plugin(): number;\ndeclare namespace plugin { const other: number; }\nexport = plugin;\n',
    cjs: 'module.exports = exports = plugin;\nexports.other = 1;\nfunction plugin() { return 1; }\n',
  },
  'export = function that is its own default': {
    dts: 'declare function plugin(): number;\ndeclare namespace plugin { const other: number; export { plugin as default }; }\nexport = plugin;\n',
    cjs: 'module.exports = plugin;\nplugin.default = plugin;\nplugin.other = 1;\nfunction plugin() { return 1; }\n',
  },
  'export = object': {
    dts: 'declare const plugin: { other: number };\nexport = plugin;\n',
    cjs: 'module.exports = { other: 1 };\n',
  },
  'export = object with default': {
    dts: 'declare const plugin: { other: number; default(): number };\nexport = plugin;\n',
    cjs: 'module.exports = { other: 1, default() { return 1; } };\n',
  },
  'export = class': {
    dts: 'declare class Plugin { static other: number; }\nexport = Plugin;\n',
    cjs: 'module.exports = class Plugin { static other = 1; };\n',
  },
  'only names': {
    dts: 'export declare const other: number;\n',
    cjs: '"use strict";\nObject.defineProperty(exports, "__esModule", { value: true });\nexports.other = 1;\n',
    esm: 'export const other = 1;\n',
  },
  'a default object': {
    dts: 'declare const plugin: { other: number };\nexport default plugin;\nexport declare const other: number;\n',
    cjs: '"use strict";\nObject.defineProperty(exports, "__esModule", { value: true });\nexports.default = { other: 1 };\nexports.other = 1;\n',
    esm: 'export default { other: 1 };\nexport const other = 1;\n',
  },
};

/** Compiler settings of a consumer. `emits`: which program runs the emitted file. */
const SETTINGS = {
  'nodenext, ES module': { type: 'module', options: { module: 'nodenext' } },
  'nodenext, CommonJS': { type: 'commonjs', options: { module: 'nodenext' } },
  'commonjs with interop': {
    type: 'commonjs',
    options: { module: 'commonjs', moduleResolution: 'node10', esModuleInterop: true },
  },
  'commonjs without interop': {
    type: 'commonjs',
    options: { module: 'commonjs', moduleResolution: 'node10', esModuleInterop: false },
  },
  'commonjs, only synthetic defaults': {
    type: 'commonjs',
    options: {
      module: 'commonjs',
      moduleResolution: 'node10',
      esModuleInterop: false,
      allowSyntheticDefaultImports: true,
    },
  },
  bundler: {
    type: 'module',
    options: { module: 'esnext', moduleResolution: 'bundler', esModuleInterop: true },
  },
};

const FORMS = {
  default: "import x from '@acme/provider';",
  'named default': "import { default as x } from '@acme/provider';",
  namespace: "import * as x from '@acme/provider';",
  'import =': "import x = require('@acme/provider');",
};

const USES = {
  call: 'x();',
  new: 'new x();',
  'default()': 'x.default();',
  extends: 'class A extends x {}; void A;',
  member: 'void x.other;',
};

/**
 * @returns {{ name: string; files: Map<string, string>; consumers: { file: string; what: string; options: object; type: string }[] }[]}
 */
export function calledModuleWorkspaces() {
  return Object.entries(PROVIDERS).flatMap(([provider, { dts, ...formats }]) =>
    Object.entries(formats).map(([format, js]) => {
      const files = new Map([
        [
          'packages/provider/package.json',
          JSON.stringify({
            name: '@acme/provider',
            version: '1.0.0',
            type: format === 'esm' ? 'module' : 'commonjs',
            main: './index.js',
            types: './index.d.ts',
          }),
        ],
        ['packages/provider/index.js', js],
        ['packages/provider/index.d.ts', dts],
      ]);
      const consumers = [];
      for (const [settings, { type, options }] of Object.entries(SETTINGS)) {
        const root = `packages/${settings.replace(/\W+/g, '-').toLowerCase()}`;
        const isModule = type === 'module';
        files.set(
          `${root}/package.json`,
          JSON.stringify({
            name: `@acme/${root.slice(9)}`,
            private: true,
            type,
            dependencies: { '@acme/provider': '*' },
            ...(settings !== 'bundler' && { scripts: { start: 'node src/a.js' } }),
          }),
        );
        files.set(`${root}/tsconfig.json`, JSON.stringify({ compilerOptions: options }));
        for (const [form, load] of Object.entries(FORMS)) {
          if (isModule && settings === 'bundler' && form === 'import =') continue;
          for (const [use, code] of Object.entries(USES)) {
            const file = `${root}/src/${form}-${use}.ts`.replace(/[^\w./-]+/g, '-');
            files.set(file, `${load}\n${code}\nexport {};\n`);
            consumers.push({ file, what: `${settings} | ${form} | ${use}`, options, type });
          }
        }
      }
      return { name: `${provider} (${format})`, files, consumers };
    }),
  );
}
