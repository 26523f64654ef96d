/**
 * The invariant of every scan in this folder: a scan may say yes wrongly, never no wrongly. A wrong
 * yes costs time, because a file is parsed in vain. A wrong no loses an import. The parser is the
 * oracle, the statements are generated.
 *
 * Specifiers with escapes and string literals over two lines are not generated, because no tool
 * writes them.
 */
import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { ModuleRequest } from '../model/module-record.js';
import { memberReadsKey } from '../parse/member-reads.js';
import { parseModule, readMembers } from '../parse/parse-module.js';
import { bareImports } from '../trace/bare-imports.js';
import { declaredRequests } from './declared-requests.js';
import { localPathsIn, mayLinkOtherwise } from './local-paths.js';
import { mayImportBare } from './may-import-bare.js';
import { mayReadMembers } from './may-read-members.js';
import { mentionedIn, mentionsAny } from './mentions.js';

const RUNS = { numRuns: 1000, seed: 11 };
const NAMES = ['@acme/one', '@acme/two', 'plain'];
const SPECIFIERS = [
  './a',
  '../b/c.js',
  '.',
  '..',
  './d/',
  './it\'s "so".js',
  './a b.js',
  '#inner',
  '#inner/d',
  '@acme/one',
  '@acme/one/sub',
  '@acme/two',
  'plain',
  'plain/x',
  'lodash',
  '@other/x',
  'node:fs',
];

/** Text that may be between two tokens. */
const gap = fc.constantFrom(
  '',
  ' ',
  '\n  ',
  '/* from */',
  ' /* it\'s "./x" */ ',
  ' // don\'t import "\n',
  '/**/',
);
const specifier = fc.constantFrom(...SPECIFIERS);
const quote = fc.constantFrom('"', "'");

/**
 * Forms of requests: `~` is a gap, `S` a quoted specifier, `N` a number that makes a name unique.
 */
const LINKED = [
  'import~S',
  'import a_N from~S',
  'import~{ b as b_N }~from~S',
  'import * as ns_N from~S',
  'export~{ c as c_N }~from~S',
  'export *~from~S',
  'export * as d_N from~S',
];
const LOADED = ['import~(~S~)', 'const e_N = import(~S~)'];
const REQUIRED = [
  'require~(~S~)',
  'const f_N = require(~S~)',
  'const { g: g_N } = require(~S~)',
  'require.resolve(~S~)',
  'try { require(~S~) } catch {}',
  'if (1) { require(`plain/x`); require(`./t`) }',
];
const TYPED = [
  'import type { T as T_N } from~S',
  'export type { U as U_N } from~S',
  'type V_N = import(~S~).V',
  'import w_N =~require(~S~)',
  'export type X_N = typeof import(~S~)',
];
/** Text with quotes in it that are no requests. */
const NOISE = [
  `const s_N = "don't"`,
  'const t_N = \'say "./x"\'',
  '/* don\'t "./y */',
  'const r_N = /["\']/',
  '',
];

function textOf(forms: readonly string[]): fc.Arbitrary<string> {
  const statement = fc
    .tuple(
      fc.constantFrom(...forms, ...NOISE),
      specifier,
      quote,
      fc.array(gap, { minLength: 4, maxLength: 4 }),
    )
    .map(([form, name, mark, gaps]) => {
      let next = 0;
      return form.replaceAll('~', () => gaps[next++ % gaps.length]!).replace('S', () => quoted(name, mark));
    });
  return fc
    .array(statement, { minLength: 1, maxLength: 5 })
    .map((all) => all.map((one, index) => one.replaceAll('_N', `_${index}`)).join('\n;'));
}

function quoted(text: string, mark: string): string {
  return text.includes("'") ? `"${text.replaceAll('"', '')}"` : `${mark}${text}${mark}`;
}

/** Calls the check with the requests that the parser finds in each generated text. */
function holds(
  file: string,
  forms: readonly string[],
  check: (text: string, requests: readonly ModuleRequest[], hasModuleSyntax: boolean) => void,
): void {
  let parsed = 0;
  fc.assert(
    fc.property(textOf(forms), (text) => {
      const record = parseModule(file, text);
      expect(record.syntaxError, text).toBeUndefined();
      parsed += record.requests.length;
      check(text, record.requests, record.hasModuleSyntax);
    }),
    RUNS,
  );
  expect(parsed).toBeGreaterThan(RUNS.numRuns);
}

const LANGUAGES: readonly (readonly [string, readonly string[]])[] = [
  ['m.mjs', [...LINKED, ...LOADED]],
  ['m.cjs', [...LOADED, ...REQUIRED]],
  ['m.ts', [...LINKED, ...LOADED, ...REQUIRED, ...TYPED]],
];
const isLocal = (name: string): boolean => /^(\.|#)/.test(name);

describe.each(LANGUAGES)('in %s', (file, forms) => {
  test('mentionsAny finds every text that imports one of the packages', () => {
    const mentions = mentionsAny(NAMES);
    holds(file, forms, (text, requests) => {
      const asks = requests.some((request) => NAMES.some((name) => request.specifier.startsWith(name)));
      if (asks) expect(mentions(text)).toBe(true);
    });
  });

  test('mentionedIn finds every specifier that imports one of the packages', () => {
    const mentioned = mentionedIn(NAMES);
    holds(file, forms, (text, requests) => {
      const found = mentioned(text);
      const specifiers = requests.map((request) => request.specifier);
      const ofNames = specifiers.filter((one) => NAMES.some((name) => one.startsWith(name)));
      expect(ofNames.filter((one) => !found.has(one))).toEqual([]);
    });
  });

  test('localPathsIn finds every local specifier', () => {
    holds(file, forms, (text, requests) => {
      const found = localPathsIn(text);
      const local = requests.map((request) => request.specifier).filter(isLocal);
      expect(local.filter((one) => !found.includes(one))).toEqual([]);
    });
  });

  test('mayImportBare finds every text that only loads a module', () => {
    holds(file, forms, (text, requests) => {
      const record = { ...parseModule(file, text), requests };
      if (bareImports(record).length > 0) expect(mayImportBare(text)).toBe(true);
    });
  });
});

test('mayLinkOtherwise finds every text that is no CommonJS module or that imports', () => {
  holds('m.js', [...LINKED, ...LOADED, ...REQUIRED], (text, requests, hasModuleSyntax) => {
    const other = requests.some(({ form }) => form !== 'require' && form !== 'require-resolve');
    if (hasModuleSyntax || other) expect(mayLinkOtherwise(text)).toBe(true);
  });
});

test('declaredRequests finds every import of declarations, or leaves the text to the parser', () => {
  holds('m.d.ts', [...LINKED, ...TYPED], (text, requests) => {
    const found = declaredRequests(text);
    const all = found && [...found.local, ...found.bare];
    const missed = requests.map((request) => request.specifier).filter((one) => all?.includes(one) === false);
    expect(missed).toEqual([]);
  });
});

describe('mayReadMembers', () => {
  /** Uses of `C`; `~` is a gap. */
  const USES = [
    'C~.~red',
    'C~?.~red',
    `C~[~'red'~]`,
    '(~C~)~.~red',
    'const { red: r_N } =~C',
    'let D_N =~C; D_N.red',

    'C~()',
    'new C~()',
    'let x_N: C',
    'f_N(1,~C~, 2)',
    'const x_N = [~C~, 1]',
    'const y_N = {~C~}',
    'x => C',

    'let z_N: typeof C~.red',
    'type T_N = C.red',
    'return_N(~C)',
    'void 0 // return',
    'void 0 // a,',
    'g_N(~C!~.red)',
  ];
  const DECLARATIONS = [
    `import { C } from 'x'`,
    `import C from 'x'`,
    `import { D as C } from 'x'`,
    `import A, { C } from 'x'`,
  ];
  const gaps = fc.array(fc.oneof(gap, fc.constantFrom(' // return\n', ' // a,\n', '// = new\n')), {
    minLength: 6,
    maxLength: 6,
  });
  const use = fc.tuple(fc.constantFrom(...USES), gaps).map(([form, between]) => {
    let next = 0;
    return form.replaceAll('~', () => between[next++]!);
  });

  test('finds every text that reads a member of an imported name', () => {
    let reading = 0;
    const texts = fc
      .tuple(fc.constantFrom(...DECLARATIONS), fc.array(use, { minLength: 1, maxLength: 4 }))
      .map(([declaration, uses]) =>
        [declaration, ...uses.map((one, index) => one.replaceAll('_N', `_${index}`))].join(';\n'),
      );
    fc.assert(
      fc.property(texts, (text) => {
        const record = parseModule('m.ts', text);
        expect(record.syntaxError, text).toBeUndefined();
        const [request] = record.requests;
        const named = request!.names.at(-1)!;
        const reads = readMembers('m.ts', text).get(memberReadsKey(request!.start, named.name)) ?? [];
        if (reads.length === 0) return;
        reading++;
        expect(mayReadMembers(text, named)).toBe(true);
      }),
      RUNS,
    );
    expect(reading).toBeGreaterThan(100);
  });
});
