import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { describe, expect, it } from 'vitest';
import { checkAll } from '../../test/check-workspace.js';
import { writeWorkspace } from '../../test/text-workspace.js';

/**
 * Node runs each way to use a module as a function or an iterable, for each kind of module. The engine reports VE211 or VE201 exactly if
 * the program ends with a TypeError.
 */
const PROVIDERS: Readonly<Record<string, string>> = {
  'compiled CommonJS': `"use strict";
Object.defineProperty(exports, "__esModule", { value: true });
exports.default = plugin;
exports.other = [1];
function plugin() { return {}; }
`,
  'a function': `module.exports = function plugin() { return {}; };
module.exports.other = [1];
`,
  'a function that is its own default': `module.exports = plugin;
module.exports.default = plugin;
function plugin() { return {}; }
`,
  'an object': `exports.other = [1];
`,
  'an assigned object': `const whole = { other: [1] };
module.exports = exports = Object.freeze(whole);
`,
  'compiled CommonJS in an object': `module.exports = { __esModule: true, default: function plugin() { return {}; }, other: [1] };
`,
  'compiled CommonJS without a default': `"use strict";
Object.defineProperty(exports, "__esModule", { value: true });
exports.other = [1];
`,
  'a function in a branch': `if (process.version) module.exports = function plugin() { return {}; };
else module.exports = { other: [1] };
module.exports.other = [1];
`,
  'a function after an object': `module.exports = { other: [1] };
module.exports = exports = function plugin() { return {}; };
module.exports.other = [1];
`,
};

const IMPORTS: Readonly<Record<string, string>> = {
  'import x': `import x from '@acme/provider';`,
  'import default as x': `import { default as x } from '@acme/provider';`,
  'import()': `const { default: x } = await import('@acme/provider');`,
  'a namespace': `import * as x from '@acme/provider';`,
};
const REQUIRES: Readonly<Record<string, string>> = {
  require: `const x = require('@acme/provider');`,
  'require().default': `const x = require('@acme/provider').default;`,
};

const USES: Readonly<Record<string, string>> = {
  call: 'x();',
  'optional call': 'x?.();',
  new: 'new x();',
  extends: 'class A extends x {}',
  template: 'x``;',
  call2: '(0, x)();',
  'call of a constant': 'const y = x; y();',
  'call()': 'x.call(null);',
  instanceof: '({}) instanceof x;',
  'call of its default': 'x.default();',
  'in a function': 'const run = () => x(); run();',
  'a test before': "if (typeof x === 'function') x();",
  'the default first': 'const f = x.default ?? x; if (f.default === undefined) void f;',
  'an object spread': 'void { ...x };',
};

for (const [provider, text] of Object.entries(PROVIDERS)) {
  describe(provider, () => {
    for (const [loads, type] of [
      [IMPORTS, 'module'],
      [REQUIRES, 'commonjs'],
    ] as const)
      for (const [how, load] of Object.entries(loads))
        it(`reports what fails in Node: ${how}`, () => {
          const files = Object.entries(USES).map(
            ([, use], at) => [`packages/app${at}/main.js`, `${load}\n${use}\n`] as const,
          );
          using workspace = writeWorkspace(
            new Map([
              [
                'packages/provider/package.json',
                '{ "name": "@acme/provider", "version": "1.0.0", "main": "./index.js" }',
              ],
              ['packages/provider/index.js', text],
              ...files,
              ...files.map((_, at) => [`packages/app${at}/package.json`, manifestOf(at, type)] as const),
            ]),
          );
          const reports = checkAll(workspace.root);
          const failures = failuresOf(files.map(([file]) => join(workspace.root, file)));
          const uses = Object.keys(USES).map((use, at) => {
            const report = reports.find(({ project }) => project === `@acme/app${at}`);
            const codes = report?.findings.map(({ code }) => code) ?? [];
            return {
              use,
              fails: failures[at],
              reported: codes.some((code) => code === 'VE211' || code === 'VE201'),
            };
          });
          // A blind spot: after `import()`, `x?.()` counts as a test of the name. And a missing `default` is reported as soon as
          // it is read.
          const differ = uses.filter(({ use, fails, reported }) => {
            if (how === 'import()' && use === 'optional call') return reported && !fails;
            return how === 'require().default' ? fails && !reported : fails !== reported;
          });
          expect(differ).toEqual([]);
        });
  });
}

/** Whether each program ends with a TypeError. One process runs them all. */
function failuresOf(programs: readonly string[]): readonly boolean[] {
  const code = `
    const failures = [];
    for (const program of ${JSON.stringify(programs.map((file) => pathToFileURL(file).href))})
      failures.push(await import(program).then(() => false, (error) => error instanceof TypeError));
    console.log(JSON.stringify(failures));`;
  const { stdout, stderr } = spawnSync(process.execPath, ['--input-type=module', '--eval', code], {
    encoding: 'utf8',
  });
  expect(stderr).toBe('');
  return JSON.parse(stdout) as boolean[];
}

function manifestOf(at: number, type: string): string {
  return JSON.stringify({
    name: `@acme/app${at}`,
    private: true,
    type,
    main: './main.js',
    scripts: { start: 'node main.js' },
    dependencies: { '@acme/provider': '*' },
  });
}
