/**
 * A small workspace with one file of each kind that the engine reads. The fuzzer changes these files.
 *
 * @type {ReadonlyMap<string, string>} path → text
 */
export const BASE = new Map(
  Object.entries({
    'package.json': '{ "private": true, "workspaces": ["packages/*"], "packageManager": "pnpm@9.0.0" }\n',
    'pnpm-workspace.yaml': 'packages:\n  - "packages/*"\n  - "!**/fixtures/**"\n',
    'tsconfig.base.json':
      '{ "compilerOptions": { "baseUrl": ".", "paths": { "@acme/lib": ["packages/lib/src/index.ts"] } } }\n',
    '.dockerignore': '**/node_modules\n**/monitoring/\n!packages/lib/dist/**\n*.log\n',
    'packages/lib/package.json': `${JSON.stringify(
      {
        name: '@acme/lib',
        version: '1.2.3',
        type: 'module',
        main: './dist/index.cjs',
        types: './dist/index.d.ts',
        exports: {
          '.': { types: './dist/index.d.ts', import: './dist/index.js', require: './dist/index.cjs' },
          './features/*': { node: './dist/*.js', default: './dist/*.js' },
          './style.css': './dist/style.css',
        },
        imports: { '#inner': './dist/inner.js' },
        files: ['dist', '!dist/**/*.map'],
        sideEffects: ['*.css', './dist/inner.js'],
        dependencies: { '@acme/util': '^1.0.0', left: '*' },
        publishConfig: { access: 'public' },
      },
      null,
      2,
    )}\n`,
    'packages/lib/.npmignore': 'src\n*.test.js\n!dist\n',
    'packages/lib/tsconfig.json':
      '{ "extends": "../../tsconfig.base.json", "compilerOptions": { "module": "nodenext" } }\n',
    'packages/lib/src/index.ts':
      "export { a, type T } from './inner.js';\nexport * from '@acme/util';\nexport enum Color { Red, Green }\n",
    'packages/lib/src/inner.ts':
      'export const a = 1;\nexport type T = { readonly x: number };\nfunction hidden() {}\n',
    'packages/lib/dist/index.js':
      "import '#inner';\nimport './style.css';\nexport { a } from './inner.js';\nexport * from '@acme/util';\nexport const load = () => import('./lazy.js');\n//# sourceMappingURL=index.js.map\n",
    'packages/lib/dist/index.js.map':
      '{"version":3,"file":"index.js","sourceRoot":"","sources":["../src/index.ts","../src/inner.ts"],"names":["a"],"mappings":"AAAA,SAAS;AACT,SAAS"}',
    'packages/lib/dist/index.cjs':
      '"use strict";\nObject.defineProperty(exports, "__esModule", { value: true });\nexports.a = exports.load = void 0;\nvar inner_1 = require("./inner.cjs");\nObject.defineProperty(exports, "a", { enumerable: true, get: function () { return inner_1.a; } });\n__exportStar(require("@acme/util"), exports);\nexports.load = () => import("./lazy.js");\n',
    'packages/lib/dist/inner.js':
      "export const a = 1;\nconst url = new URL('./asset.txt', import.meta.url);\n",
    'packages/lib/dist/inner.cjs': 'module.exports = { a: 1, ...require("./more.cjs") };\n',
    'packages/lib/dist/more.cjs': 'exports.b = 2;\nexports["c"] = 3;\n',
    'packages/lib/dist/lazy.js': 'export default class Lazy { static x = 1 }\n',
    'packages/lib/dist/asset.txt': 'text\n',
    'packages/lib/dist/style.css': '@import "./other.css";\n.a { background: url("./image.png") }\n',
    'packages/lib/dist/index.d.ts':
      "export { a, T } from './inner.js';\nexport * from '@acme/util';\nexport declare namespace N { const x: number }\nexport declare function load(): Promise<unknown>;\n",
    'packages/lib/dist/inner.d.ts':
      'export declare const a: number;\nexport type T = { readonly x: number };\n',
    'packages/lib/exports.surface.txt': '# @acme/lib\n.\n  a  value\n',
    'packages/lib/verify-exports.baseline.json':
      '{ "version": 1, "findings": [{ "code": "VE201", "fingerprint": "0123456789ab", "message": "x" }] }\n',
    'packages/util/package.json':
      '{ "name": "@acme/util", "version": "1.0.0", "main": "index.js", "types": "index.d.ts" }\n',
    'packages/util/index.js': 'exports.one = 1;\nexports.two = function two() {};\n',
    'packages/util/index.d.ts': 'export const one: number;\nexport function two(): void;\n',
    'packages/app/package.json':
      '{ "name": "@acme/app", "private": true, "main": "dist/main.js", "dependencies": { "@acme/lib": "workspace:*" } }\n',
    'packages/app/Dockerfile':
      'ARG NODE=20\nFROM node:${NODE} AS build\nWORKDIR /app\nCOPY . .\nRUN npm ci && npm run build\nFROM node:20\nENV DIR=/srv\nWORKDIR $DIR\nCOPY --from=build --chown=node /app/packages/app ./packages/app\nCOPY packages/lib/dist ./node_modules/@acme/lib/dist\nCMD ["node", "packages/app/dist/main.js"]\n',
    'packages/app/serverless.yml': 'service: app\npackage:\n  patterns:\n    - "!src/**"\n    - dist/**\n',
    'packages/app/src/main.ts':
      "import { a, missing } from '@acme/lib';\nimport * as util from '@acme/util';\nimport type { T } from '@acme/lib';\nconst { load } = await import('@acme/lib/features/inner');\nconsole.log(a, missing, util.one, load);\n",
    'packages/app/dist/main.js':
      'const lib = require("@acme/lib");\nconst { one } = require("@acme/util");\ntry { require("optional") } catch {}\nconsole.log(lib.a, one, __dirname + "/asset.txt");\n',
    'packages/app/dist/index.html':
      '<!doctype html><base href="/"><link rel="stylesheet" href="./style.css"><script type="module" src="./page.js"></script><script>import("./x.js")</script>\n',
    'packages/app/dist/page.js':
      'const __vite__mapDeps=(i,m=__vite__mapDeps,d=(m.f||(m.f=["assets/a.js","assets/a.css"])))=>i.map(i=>d[i]);\nimport("./assets/a.js");\n',
    'packages/app/dist/meta.json':
      '{ "inputs": { "packages/app/src/main.ts": { "bytes": 1, "imports": [] } }, "outputs": { "packages/app/dist/main.js": { "bytes": 1, "inputs": { "packages/app/src/main.ts": { "bytesInOutput": 1 } }, "imports": [], "exports": [] } } }\n',
    'packages/app/project.json': '{ "name": "app", "sourceRoot": "packages/app/src" }\n',
    'packages/app/page.vue':
      '<script setup lang="ts">\nimport { a } from "@acme/lib";\n</script>\n<template><p>{{ a }}</p></template>\n',
  }),
);

/** Options as a user writes them; the fuzzer changes them as well. */
export const OPTIONS = {
  strict: false,
  rules: { VE201: 'warning' },
  ignore: [{ rule: 'VE304', file: '**/x.js', reason: 'known' }],
  conditions: ['development'],
  dockerfile: { file: 'packages/app/Dockerfile', context: '.' },
  shippedFiles: ['packages/app/dist/**', '!**/*.map'],
  metafile: ['packages/app/dist/meta.json'],
  mustExport: { '.': ['a'] },
};
