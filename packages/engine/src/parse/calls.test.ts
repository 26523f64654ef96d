import { table } from '../../test/requests-table.js';

table('types, mocks, URLs, references', [
  [
    `let a: import('x').A.B<import('y').C>`,
    ['import-type x (type): type .A; members', 'import-type y (type): type .C; members'],
  ],
  [
    `let a: typeof import('x'); let b: typeof import('x').b`,
    ['import-type x (type); escapes', 'import-type x (type): type .b; members'],
  ],
  [`let a: (typeof import('x'))['a']`, ['import-type x (type): type .a; members']],
  [
    `vi.mock('x', () => ({})); vi.importActual<typeof import('x')>('x')`,
    ['mock x', 'import-type x (type); escapes', 'mock x'],
  ],
  [`vi.mock(import('x'), async (o) => o())`, ['mock x; escapes']],
  [
    `const { a } = await vi.importActual('x'); jest.requireActual('y').b()`,
    ['mock x: a; members', 'mock y: .b; members'],
  ],
  [`vi.mock('x', async (original) => ({ a: (await original()).a }))`, ['mock x: .a; members']],
  [`vi.mock('x', () => ({ a: vi.fn() })); jest.mock('y', factory)`, ['mock x', 'mock y']],
  [`import { vi as v } from 'vitest'; v.mock('x')`, ['import vitest: vi', 'mock x'], 'm.js'],
  [`import * as tool from 'vitest'; tool.vi.mock('x')`, ['import vitest: .vi; members', 'mock x'], 'm.js'],
  [`import { vi } from 'vitest'; vi.doMock('./x')`, ['import vitest: vi', 'mock ./x']],
  [`jest.mock('a').mock('b'); jest.requireActual('c'); jest.fn('d')`, ['mock a', 'mock b', 'mock c']],
  [`jest.mock('x', f, { virtual: true })`, []],
  [`const vi = other(); vi.mock('x')`, []],
  // Names that every object has are not helpers.
  [`constructor.mock('x'); toString.call(vi.fn)`, []],
  [`new URL('./x.wasm', import.meta.url); new URL('y', base)`, ['url ./x.wasm'], 'm.js'],
  [`import.meta.resolve('x')`, ['meta-resolve x'], 'm.js'],
  [
    `/// <reference types="x" />\n/// <reference path="y.d.ts" />\nlet a`,
    ['reference x (type)', 'reference ./y.d.ts (type)'],
  ],
  [
    `/// <reference path='../y.d.ts'/>\nlet a\n/// <reference types="late" />`,
    ['reference ../y.d.ts (type)'],
  ],
  [`declare module 'x' { interface A {} } export {}`, ['augmentation x (type)']],
  [
    `export declare const a: import('x').A; import b from 'y'`,
    ['import-type x (type): type .A; members', 'import y (type): type default'],
    'm.d.ts',
  ],
  [`// import 'x'\nconst t = "require('y')" + \`import('z')\``, [], 'm.js'],
]);
