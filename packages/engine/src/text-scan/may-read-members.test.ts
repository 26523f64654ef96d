import { describe, expect, test } from 'vitest';
import { mayReadMembers } from './may-read-members.js';
import { memberReadsKey } from '../parse/member-reads.js';
import { parseModule, readMembers } from '../parse/parse-module.js';

/** Every form of code that reads a member of `C`. */
const READ = [
  'C.red',
  'C?.red',
  'C\n  .red',
  'C /* so */ .red',
  'C // so\n.red',
  `C['red']`,
  'C!.red',
  '(C).red',
  '(C as never as typeof C).red',
  '(C satisfies object).red',
  '(0, C).red',
  '(await C).red',
  'const { red } = C',
  'const { red } = /* so */ C',
  'const { red } = (C)',
  'const D = C; D.red',
  'const D = 0, E = C; E.red',
  'let D; D = C; D.red',
  'let D; (D = C).red',
  'type T = C.red',
  'let x: C.red',
  'let x: typeof C.red',
  `let x: (typeof C)['red']`,
  'import X = C.red',
  '<C.red />',
  '__importStar(C).red',
  '_interopRequireDefault(C).default',
  '__toESM(C, 1).default',
];
/** Forms that read none. */
const SPARED = [
  'C()',
  'new C()',
  'let x: C',
  'let x: C[]',
  'let x: Map<C, 1>',
  'let x: A | C | B',
  'function f(x: C) {}',
  'function f(x: C, y: C): C { return x }',
  'const x = [C, 1, C]',
  'const x = { C, a: C }',
  'class D extends C {}',
  'class D implements C { a = 1 }',
  'f(1, C, 2)',
  'x instanceof C',
  'export { C }',
  'export default C',
  'x as C;',
  'aC.red; Ca.red; $C.red; C$.red',
  '@C() class D {}',
  'x => C',
];
const IMPORTS = [
  `import { C } from 'x';`,
  `import C from 'x';`,
  `import { D as C } from 'x';`,
  `import A, { C } from 'x';`,
];

describe('mayReadMembers', () => {
  test.each(READ)('finds the read in %s', (use) => {
    for (const declaration of IMPORTS) {
      const { text, names, reads } = asked(declaration, use);
      expect(reads.length, declaration).toBeGreaterThan(0);
      expect(mayReadMembers(text, names), declaration).toBe(true);
    }
  });

  test.each(SPARED)('does not need the tree for %s', (use) => {
    for (const declaration of IMPORTS) {
      const { text, names, reads } = asked(declaration, use);
      expect(reads, declaration).toEqual([]);
      expect(mayReadMembers(text, names), declaration).toBe(false);
    }
  });

  test('expects a read of a binding whose imported name it cannot read', () => {
    const { text, names } = asked(`import { 'a b' as C } from 'x';`, 'C.red');
    expect(mayReadMembers(text, names)).toBe(true);
  });
});

function asked(declaration: string, use: string) {
  const text = `${declaration}\n${use}\n`;
  const file = use.startsWith('<') ? 'm.tsx' : 'm.ts';
  const [request] = parseModule(file, text).requests;
  const names = request!.names.at(-1)!;
  return {
    text,
    names,
    reads: readMembers(file, text).get(memberReadsKey(request!.start, names.name)) ?? [],
  };
}
