import { expect, it } from 'vitest';
import { parseModule } from '../parse-module.js';

it('reads a module that calls map without an argument', () => {
  const text = `module.exports = (a, __webpack_require__) => { a.b.map(); __webpack_require__.e(1); };`;
  expect(parseModule('a.js', text).syntaxError).toBeUndefined();
});
