import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import * as fc from 'fast-check';
import { expect, it } from 'vitest';
import { writeWorkspace } from '../../test/text-workspace.js';
import { openRun } from '../session.js';
import { viewOf } from '../workspace-view.js';

// Oracle: Node. A property over random cycles of up to five CommonJS modules: what is reported, throws. What throws is reported,
// unless a call in a branch or in a function decides what loads.

/** How a module uses the name `x` of another module `m`. */
const USES = [
  (m: string, x: string) => `${m}.${x}();`,
  (m: string, x: string) => `(0, ${m}.${x})();`,
  (m: string, x: string) => `class B_${x} extends ${m}.${x} {}`,
  (m: string, x: string) => `new ${m}.${x}();`,
  (m: string, x: string) => `${m}.${x}.name;\n${m}.${x}.prototype;`,
  (m: string, x: string) => `(function () { ${m}.${x}(); })();`,
  (m: string, x: string) => `const { ${x}: y_${x} } = ${m};\ny_${x}();`,
  (m: string, x: string) => `function now_${x}() { return ${m}.${x}(); }\nnow_${x}();`,
  // These do not throw.
  (m: string, x: string) => `exports.later_${x} = () => ${m}.${x}();`,
  (m: string, x: string) => `${m}.${x};`,
  (m: string, x: string) => `${m}.${x}?.();`,
  (m: string, x: string) => `if (${m}.${x}) ${m}.${x}();`,
  (m: string, x: string) => `try { ${m}.${x}(); } catch {}`,
  (m: string) => `${m}.toString();`,
];

/** How a module exports `x`; the second part comes after its `require` calls. */
const EXPORTS: readonly ((x: string) => readonly [before: string, after: string])[] = [
  (x) => ['', `exports.${x} = function () {};`],
  (x) => [`exports.${x} = void 0;`, `class ${x} {}\nexports.${x} = function () {};`],
  (x) => [`exports.${x} = ${x};`, `function ${x}() {}`],
  (x) => ['', `module.exports = { ${x}() {} };\nmodule.exports.${x} = function () {};`],
  (x) => [`module.exports = { ${x}: function () {} };`, ''],
  (x) => ['', `Object.defineProperty(exports, "${x}", { get: () => function () {} });`],
  (x) => [`Object.defineProperty(exports, "${x}", { get: () => function () {} });`, ''],
  (x) => [`Object.assign(exports, { ${x}: function () {} });`, ''],
  (x) => [`add();`, `function add() { exports.${x} = function () {}; }`],
  (x) => ['', `if (exports) exports.${x} = function () {};`],
  (x) => [`const own = exports;\nown.${x} = function () {};`, ''],
];

const HOW = [(path: string) => `require(${path})`, (path: string) => `__importStar(require(${path}))`];

const graph = fc.array(
  fc.record({
    imports: fc.uniqueArray(fc.nat(4), { minLength: 1, maxLength: 3 }),
    uses: fc.array(fc.tuple(fc.nat(2), fc.nat(USES.length - 1)), { maxLength: 2 }),
    exported: fc.nat(EXPORTS.length - 1),
    how: fc.constantFrom(0, 0, 0, 1),
    lazily: fc.constantFrom(false, false, false, false, true),
  }),
  { minLength: 2, maxLength: 5 },
);

type Modules = ReturnType<typeof sample>[number];

function filesOf(modules: Modules): string[] {
  return modules.map(({ imports, uses, exported, how, lazily }, self) => {
    const targets = [...new Set(imports.map((target) => target % modules.length))].filter(
      (target) => target !== self,
    );
    const requires = targets.map((target) => `const m${target} = ${HOW[how]!(`'./m${target}.js'`)};`);
    const used = uses.flatMap(([at, use], number) => {
      const target = targets[at];
      return target === undefined ? [] : `{ ${USES[use]!(`m${target}`, `x${target}`)} /* ${number} */ }`;
    });
    const [before, after] = EXPORTS[exported]!(`x${self}`);
    return [
      "'use strict';",
      how === 1 ? 'var __importStar = (m) => m;' : '',
      before,
      ...(lazily ? [`if (globalThis.never) require('./m0.js');`] : []),
      ...requires,
      ...used.map((text) => text.replace(/^\{ exports\./, '{ module.exports.')),
      after,
    ].join('\n');
  });
}

function sample() {
  return fc.sample(graph, { numRuns: 1500, seed: Number(process.env['VERIFY_SEED'] ?? 11) });
}

it('reports early uses that throw in Node, and nothing else', () => {
  const graphs = sample();
  const files = new Map<string, string>();
  graphs.forEach((modules, number) => {
    const folder = `packages/g${number}`;
    files.set(`${folder}/package.json`, `{ "name": "g${number}", "main": "./m0.js" }`);
    filesOf(modules).forEach((text, at) => files.set(`${folder}/m${at}.js`, text));
  });
  using workspace = writeWorkspace(files);
  const thrown = loadAll(graphs.map((_, number) => join(workspace.root, 'packages', `g${number}`, 'm0.js')));
  const run = openRun({ root: workspace.root });
  const { loadErrors } = viewOf(run, { conditions: [] });
  const reported = graphs.map((_, number) => loadErrors.earlyReads(run.packageOf(`g${number}`)!)[0]);
  const wrong = graphs.flatMap((modules, number) => {
    const found = reported[number];
    return !found || thrown[number] !== undefined ? [] : [{ found, modules: filesOf(modules) }];
  });
  expect(wrong).toEqual([]);
  const fails = thrown.filter(Boolean).length;
  const found = reported.filter(Boolean).length;
  expect(found).toBeGreaterThan(30);
  // The others depend on a branch, on code that may export the name in another way, or read a member outside of a call.
  expect(found / fails).toBeGreaterThan(0.3);
});

/** The message, by entry file; undefined if nothing throws. */
function loadAll(files: readonly string[]): readonly (string | undefined)[] {
  const code = `
    process.removeAllListeners('warning');
    const thrown = [];
    for (const file of ${JSON.stringify(files)})
      try { require(file); thrown.push(null); } catch (error) {
        if (!(error instanceof TypeError)) throw error;
        thrown.push(error.message);
      }
    console.log(JSON.stringify(thrown));`;
  const { stdout, stderr } = spawnSync(process.execPath, ['--no-warnings', '-e', code], { encoding: 'utf8' });
  if (!stdout) throw new Error(stderr);
  return (JSON.parse(stdout) as (string | null)[]).map((message) => message ?? undefined);
}
