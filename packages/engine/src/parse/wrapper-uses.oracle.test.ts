import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { writeWorkspace } from '../../test/text-workspace.js';
import { readWrapperUses } from './parse-module.js';

// Oracle: Node. Each module is loaded as an ES module. It must throw a ReferenceError exactly if a use is reported.

/** Whether the module is CommonJS, written with the right sign and with the wrong one. */
const TESTS = {
  right: [
    "typeof __filename !== 'undefined'",
    "typeof module === 'object'",
    "!(typeof require == 'undefined')",
    'typeof exports<"u"',
  ],
  wrong: [
    "typeof __filename === 'undefined'",
    "typeof module !== 'object'",
    "!(typeof require != 'undefined')",
    'typeof exports>"u"',
  ],
};

/** `TEST` is one of the tests above; the use is at the place that the test decides about. */
const FORMS = [
  'if (TEST) use(__filename);',
  'if (TEST) { use(1); } else use(2); if (!(TEST)) use(3); else use(__filename);',
  'use(TEST ? __filename : 1);',
  'use(!(TEST) ? 1 : __filename);',
  'TEST && use(__filename);',
  '!(TEST) || use(__filename);',
  'const cjs = TEST; use(cjs ? __filename : 1);',
  'const cjs = TEST; if (cjs) use(__filename);',
  'const cjs = TEST; if (cjs) { use(1); use(__filename); }',
  'const cjs = TEST; cjs && use(__filename);',
  'const cjs = TEST; const esm = !cjs; use(esm ? 1 : __filename);',
  'const esm = !(TEST); if (esm) use(1); else use(__filename);',
  'let cjs = TEST; if (cjs === true) use(__filename);',
  'var a = 1, cjs = TEST; use(!cjs ? a : __filename);',
  'const isCommonJs = () => TEST; if (isCommonJs()) use(__filename);',
  'function isCommonJs() { return TEST; } use(isCommonJs() ? __filename : 1);',
  'const isCommonJs = function () { return TEST; }; isCommonJs() && use(__filename);',
  'const env = { cjs: TEST }; if (env.cjs) use(__filename);',
  'const cjs = Boolean(TEST); use(cjs ? __filename : 1);',
  'const cjs = TEST; switch (cjs) { case true: use(__filename); break; default: use(1); }',
  'const cjs = TEST; switch (true) { case cjs: use(__filename); break; default: use(1); }',
  "const kind = TEST ? 'cjs' : 'esm'; switch (kind) { case 'cjs': use(__filename); break; case 'esm': use(1); }",
  "const kind = TEST ? 'cjs' : 'esm'; if (kind === 'cjs') use(__filename);",
  'const cjs = TEST; function here() { return cjs ? __filename : 1; } use(here());',
  'const cjs = TEST; const here = () => { if (!cjs) return 1; return __filename; }; use(here());',
  'const cjs = TEST; function here() { return __filename; } use(cjs ? here() : 1);',
  'const cjs = TEST; const here = () => __filename; if (cjs) use(here());',
  'const cjs = TEST; class Here { get path() { return cjs ? __filename : 1; } } use(new Here().path);',
  'function here() { if (!(TEST)) return 1; return __filename; } use(here());',
  'const cjs = TEST; const run = cjs ? () => __filename : () => 1; use(run());',
  'const cjs = TEST && 1 === 1; use(cjs ? __filename : 1);',
];

/** Written out: each with what Node must do. */
const FIXED = [
  'const dir = import.meta.filename ?? __filename; use(dir);',
  'use(import.meta.url ? 1 : __filename);',
  'let cjs = false; try { cjs = !!__filename; } catch {} use(cjs ? __filename : 1);',
  'function cjs() { try { return !!module; } catch { return false; } } use(cjs() ? __filename : 1);',
  'let cjs = false; if (typeof module !== "undefined") cjs = true; if (cjs) use(__filename);',
  'function here() { return __filename; } let path; try { path = here(); } catch { path = 1; } use(path);',
  'globalThis.require = () => 1; use(require("x"));',
  'use(__filename);',
  'function here() { return __filename; } use(here());',
  'const cjs = true; use(cjs ? __filename : 1);',
  'const cjs = typeof window === "undefined"; use(cjs ? __filename : 1);',
  'use(import.meta.url ? __filename : 1);',
];

const modules = [
  ...FORMS.flatMap((form) =>
    Object.values(TESTS).flatMap((tests) => tests.map((test) => form.replaceAll('TEST', test))),
  ),
  ...FIXED,
].map((code) => `const use = (value) => value;\n${code}\nexport {};\n`);

it('reports a use of a variable of CommonJS exactly if Node throws', () => {
  const thrown = loadAll(modules);
  const wrong = modules.filter((text, at) => readWrapperUses('a.mjs', text).length > 0 !== thrown[at]);
  expect(wrong).toEqual([]);
  expect(thrown.filter(Boolean).length).toBeGreaterThan(FORMS.length);
  expect(thrown.filter((each) => !each).length).toBeGreaterThan(FORMS.length);
});

function loadAll(texts: readonly string[]): readonly boolean[] {
  // Node gives code of the command line some variables of CommonJS. So the modules and their loader are files.
  const files = new Map(texts.map((text, at) => [`m${at}.mjs`, text]));
  files.set(
    'load.mjs',
    `const thrown = [];
    for (let at = 0; at < ${texts.length}; at++) {
      delete globalThis.require;
      thrown.push(await import('./m' + at + '.mjs').then(() => false, (error) => {
        if (!(error instanceof ReferenceError)) throw error;
        return true;
      }));
    }
    console.log(JSON.stringify(thrown));`,
  );
  using workspace = writeWorkspace(files);
  const { stdout, stderr } = spawnSync(process.execPath, [join(workspace.root, 'load.mjs')], {
    encoding: 'utf8',
  });
  if (!stdout) throw new Error(stderr);
  return JSON.parse(stdout) as readonly boolean[];
}
