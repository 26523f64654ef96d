import { describe, expect, it } from 'vitest';
import { isNestedTooDeeply } from './nested-too-deeply.js';
import { languageOf } from '../language-of.js';
import { parseModule } from '../parse-module.js';

const nested = (open: string, inner: string, close: string) => (depth: number) =>
  open.repeat(depth) + inner + close.repeat(depth);
const value = (make: (depth: number) => string) => (depth: number) => `x = ${make(depth)};`;
const type = (make: (depth: number) => string) => (depth: number) => `type X = ${make(depth)};`;

/** A file's name, and its text at a depth. The parser overflows the stack at each of them. */
const CONSTRUCTS: Readonly<Record<string, readonly [file: string, make: (depth: number) => string]>> = {
  parentheses: ['a.js', value(nested('(', '1', ')'))],
  arrays: ['a.js', value(nested('[', '', ']'))],
  objects: ['a.js', value(nested('{ a: ', '1', '}'))],
  blocks: ['a.js', nested('{', '', '}')],
  functions: ['a.js', nested('function f() {\n', '', '}\n')],
  'arrow functions with blocks': ['a.js', value(nested('() => {', '', '}'))],
  'arrow functions': ['a.js', value(nested('a => ', '1', ''))],
  'async arrow functions': ['a.js', value(nested('async (a) => ', '1', ''))],
  'parameters with defaults': ['a.js', value(nested('(a = ', '1', ') => 1'))],
  classes: ['a.js', value(nested('class { a = ', '1', '}'))],
  'classes that extend': ['a.js', value(nested('class extends ', 'A', '{}'))],
  templates: ['a.js', value(nested('`${', '1', '}`'))],
  elements: ['a.jsx', value(nested('<a>', '', '</a>'))],
  'elements with text': ['a.jsx', value(nested("<a>Don't; stop {b} ", '', '</a>\n'))],
  fragments: ['a.jsx', value(nested('<>', '', '</>'))],
  'elements in attributes': ['a.jsx', value(nested('<a b=', '{1}', '/>'))],
  calls: ['a.js', value(nested('f(', '', ')'))],
  'dynamic imports': ['a.js', value(nested('import(', '"a"', ')'))],
  spreads: ['a.js', value(nested('[...', 'a', ']'))],
  patterns: ['a.js', (depth) => `let ${nested('[', 'a', ']')(depth)} = b;`],
  'else if': ['a.js', nested('if (a) { b } else ', '{}', '')],
  'else if without braces': ['a.js', nested('if (a) b(), c();\nelse ', 'd()', '')],
  if: ['a.js', nested('if (a)\n', ';', '')],
  for: ['a.js', nested('for (;;) ', ';', '')],
  while: ['a.js', nested('while (a) ', ';', '')],
  do: ['a.js', nested('do ', ';', ' while (a)')],
  with: ['a.cjs', nested('with (a) ', ';', '')],
  try: ['a.js', nested('try {', '', '} finally {}')],
  switch: ['a.js', nested('switch (a) { case 1: ', '', '}')],
  labels: ['a.js', (depth) => `${Array.from({ length: depth }, (_, index) => `l${index}: `).join('')};`],
  'conditionals, in the second half': ['a.js', value(nested('a ? b : ', 'c', ''))],
  'conditionals, in the first half': ['a.js', value(nested('a ? ', 'b', ' : c'))],
  assignments: ['a.js', nested('a = ', 'b', ';')],
  powers: ['a.js', value(nested('a ** ', 'b', ''))],
  'binary operators': ['a.js', value(nested('a + ', 'b', ''))],
  'logical operators': ['a.js', value(nested('a && ', 'b', ''))],
  negations: ['a.js', value(nested('!', 'a', ''))],
  minus: ['a.js', value(nested('- ', 'a', ''))],
  typeof: ['a.js', value(nested('typeof ', 'a', ''))],
  await: ['a.mjs', value(nested('await ', 'a', ''))],
  new: ['a.js', value(nested('new ', 'A', ''))],
  members: ['a.js', value(nested('a.', 'a', ''))],
  'chained calls': ['a.js', (depth) => `a${'()'.repeat(depth)};`],
  'chained keys': ['a.js', (depth) => `a${'[0]'.repeat(depth)};`],
  'tagged templates': ['a.js', (depth) => `x = a${'``'.repeat(depth)};`],
  'type arguments': ['a.ts', type(nested('A<', 'B', '>'))],
  'type arguments in declarations': [
    'a.d.ts',
    (depth) => `export type X = ${nested('A<', 'B', '>')(depth)};`,
  ],
  'object types': ['a.ts', type(nested('{ a: ', 'B', '}'))],
  'parenthesized types': ['a.ts', type(nested('(', 'B', ')'))],
  'function types': ['a.ts', type(nested('() => ', 'B', ''))],
  'conditional types': ['a.ts', type(nested('A extends B ? C : ', 'D', ''))],
  'template types': ['a.ts', type(nested('`${', 'B', '}`'))],
  keyof: ['a.ts', type(nested('keyof ', 'A', ''))],
  'array types': ['a.ts', (depth) => `type X = A${'[]'.repeat(depth)};`],
  'type assertions': ['a.ts', value(nested('<A>', 'b', ''))],
  as: ['a.ts', (depth) => `x = a${' as A'.repeat(depth)};`],
  'non-null assertions': ['a.ts', (depth) => `x = a${'!'.repeat(depth)};`],
  namespaces: ['a.ts', nested('namespace A {', '', '}')],
  'script blocks': ['a.vue', (depth) => `<script>\nx = ${nested('(', '1', ')')(depth)}\n</script>`],
  'brackets that are never closed': ['a.js', (depth) => `x = ${'('.repeat(depth)}`],
};

const many = (count: number, make: (index: number) => string, between = '\n') =>
  Array.from({ length: count }, (_, index) => make(index)).join(between);

/** Long texts that are not deep. */
const FLAT: Readonly<Record<string, readonly [file: string, text: string]>> = {
  statements: ['a.js', many(20_000, (index) => `if (a) { f(${index}); } else { g(); }`, '')],
  'statements without semicolons': [
    'a.js',
    many(20_000, (index) => `const a${index} = b ? c : !d\nif (e) f()`),
  ],
  'statements after conditions': ['a.js', many(20_000, () => 'if (a) b = c => d; else e = f;', '')],
  'array elements': ['a.js', `x = [${many(20_000, (index) => `{ a: ${index}, b: [!c] }`, ',')}];`],
  'cases of a switch': ['a.js', `switch (a) { ${many(20_000, (index) => `case ${index}:`, '')} b(); }`],
  'texts with brackets': ['a.js', many(20_000, () => `f('({[', "\${", /[({[]/, \`({[\`);`)],
  'comments with brackets': ['a.js', many(20_000, () => '// ({[ <a\n/* ({[ */ f();')],
  'unions of types': ['a.ts', `type X =\n${many(20_000, (index) => `  | 'a${index}'`)}`],
  'members of a type without semicolons': [
    'a.d.ts',
    `interface X {\n${many(20_000, (index) => `  'a${index}'?: A<B>\n  b${index}: C`)}\n}`,
  ],
  elements: ['a.jsx', `x = <ul>${many(20_000, () => "<li key={1}>Don't (stop <br/> {a}</li>", '\n')}</ul>;`],
  'type parameters beside elements': [
    'a.tsx',
    many(20_000, () => 'const f = <T,>(a: A<T>) => <b>{a < c}</b>;'),
  ],
  'class members': [
    'a.ts',
    `class A {\n${many(20_000, (index) => `  #a${index} = 1\n  @b() c${index}() {}`)}\n}`,
  ],
};

/** Private declarations are not found without parsing. */
const PARSED = { allLocals: true };

describe('isNestedTooDeeply', () => {
  it.each(Object.entries(CONSTRUCTS))(
    'refuses %s long before the parser overflows the stack',
    (_, [file, make]) => {
      const isRefused = (depth: number) => {
        const { syntaxError } = parseModule(file, make(depth), PARSED);
        return syntaxError?.message === 'it is nested too deeply to be read';
      };
      expect(parseModule(file, make(100_000), PARSED).syntaxError).toMatchObject({ unread: true });
      expect(isRefused(100)).toBe(false);
      // What the guard lets pass has to parse: a crash here ends the test run.
      let [passes, refused] = [100, 100_000];
      while (refused - passes > 1) {
        const depth = Math.floor((passes + refused) / 2);
        if (isNestedTooDeeply(make(depth), languageOf(file))) refused = depth;
        else passes = depth;
      }
      parseModule(file, make(passes), PARSED);
    },
  );

  it.each(Object.entries(FLAT))('reads many %s', (_, [file, text]) => {
    expect(isNestedTooDeeply(text, languageOf(file))).toBe(false);
  });
});
