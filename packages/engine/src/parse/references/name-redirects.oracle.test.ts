import { transformSync } from 'esbuild';
import { describe, expect, it } from 'vitest';
import { nameRedirects } from './name-redirects.js';

/** As @nx/esbuild writes it, reduced to the parts that are read. */
const PROGRAM = `const Module = require("module");
const originalResolveFilename = Module._resolveFilename;
const manifest = [{ "module": "@acme/util", "exactMatch": "libs/util/src/index.js", "pattern": "./libs/util/src/index.ts" }, { "module": "@acme/icons/*", "pattern": "libs/icons/src/*" }];
Module._resolveFilename = function(request, parent) {
  return originalResolveFilename.apply(this, [manifest, request]);
};
module.exports = require("./apps/worker/src/main.js");
`;
const EXPECTED = [
  { name: '@acme/util', path: 'libs/util/src/index.js' },
  { name: '@acme/icons/*', path: 'libs/icons/src/' },
];

describe('nameRedirects', () => {
  it('reads the original and the minified table', () => {
    expect(nameRedirects(PROGRAM)).toEqual(EXPECTED);
    expect(nameRedirects(transformSync(PROGRAM, { minify: true }).code)).toEqual(EXPECTED);
  });

  it('reads nothing if the table is not used', () => {
    const unused = PROGRAM.replace('Module._resolveFilename = function', 'const other = function');
    expect(nameRedirects(unused)).toEqual([]);
    expect(
      nameRedirects(PROGRAM.replace('_resolveFilename = function', '_resolveFilename == function')),
    ).toEqual([]);
  });
});
