import { parse } from 'cjs-module-lexer';
import { describe, expect, it } from 'vitest';
import { applyTo, planReexport } from '../../test/plan-reexport.js';

describe('a barrel of CommonJS', () => {
  it.each([
    [
      'exports',
      `exports.a = require('./a').a;\n`,
      `exports.a = require('./a').a;\nexports.lost = require('./lost').lost;\n`,
    ],
    [
      'module.exports, no semicolons',
      `module.exports.a = require("./a.js").a\n`,
      `module.exports.a = require("./a.js").a\nmodule.exports.lost = require("./lost.js").lost\n`,
    ],
    [
      'an object of names',
      `const { a } = require('./a');\n\nmodule.exports = { a };\n`,
      `const { a } = require('./a');\n\nconst lost = require('./lost').lost;\nmodule.exports = { a, lost };\n`,
    ],
    [
      'an object that begins with names',
      `const a = require('./a');\nmodule.exports = {\n  a,\n  ...require('./b'),\n};\n`,
      `const a = require('./a');\nconst lost = require('./lost').lost;\nmodule.exports = {\n  a,\n  lost,\n  ...require('./b'),\n};\n`,
    ],
    [
      'an object whose entries Node does not look behind',
      `module.exports = {\n  a: require('./a').a,\n};\n`,
      `module.exports = {\n  a: require('./a').a,\n};\nmodule.exports.lost = require('./lost').lost;\n`,
    ],
    [
      'a name that is there and not exported',
      `const { a, lost } = require('./lost');\nmodule.exports = { a };\n`,
      `const { a, lost } = require('./lost');\nmodule.exports = { a, lost };\n`,
    ],
    [
      'a module that is there',
      `const all = require('./lost');\nexports.a = all.a;\n`,
      `const all = require('./lost');\nexports.a = all.a;\nexports.lost = all.lost;\n`,
    ],
  ])('gets the name at a place that Node detects: %s', (_, barrel, after) => {
    const file = 'packages/lib/src/lost.js';
    const fix = planReexport({
      barrel,
      file,
      text: 'exports.lost = 1;\n',
      barrelFile: 'packages/lib/src/index.js',
    });
    const applied = applyTo(fix!.edits, { 'packages/lib/src/index.js': barrel })[
      'packages/lib/src/index.js'
    ]!;
    expect(applied).toBe(after);
    expect([...parse(applied).exports]).toContain('lost');
  });

  it.each([
    ['what it exports is made by a call', 'module.exports = make();\n'],
    ['it exports nothing', 'run();\n'],
  ])('is not changed if %s', (_, barrel) => {
    const file = 'packages/lib/src/lost.js';
    const barrelFile = 'packages/lib/src/index.js';
    expect(planReexport({ barrel, file, text: 'exports.lost = 1;\n', barrelFile })).toBeUndefined();
  });
});
