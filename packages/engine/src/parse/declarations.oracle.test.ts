import ts from 'typescript6';
import { expect, test } from 'vitest';
import { parseModule } from './parse-module.js';

/**
 * Oracle: TypeScript's checker. For every text, the names that a declaration file exports, and the
 * uses of each, must be exactly those that the checker finds.
 */
const TEXTS: readonly string[] = [
  `declare const a: 1; interface B {} export declare function c(): void;`,
  `declare const a: 1; export declare const b: 1; export {}`,
  `declare const a: 1; interface I {} export { a, I as J }`,
  `declare const a: 1; export default a;`,
  `declare class A {} export default A; export interface Other {}`,
  `interface A {} export default A;`,
  `export default interface A {}`,
  `declare const a: 1; export default function f(): void;`,
  `export declare enum E { A } export declare const enum C { A }`,
  `export declare namespace N { const a: 1 } export declare namespace T { interface A {} }`,
  `export declare function f(): void; export declare namespace f { const a: 1 } export interface f {}`,
  `export declare const { a, b: [c], ...d }: any;`,
  `export interface A {} export declare const A: A;`,
  `export declare class A {} export type B = A; export import C = N.T; declare namespace N { type T = 1 }`,
  `declare namespace N { const v: 1; interface I {} } export import V = N.v; export {}`,
  `declare function f(): void; declare namespace f { const a: 1; interface I {} } export = f;`,
  `declare class A { static s: 1; static m(): void; i: 1 } declare namespace A { type T = 1 } export = A;`,
  `declare const x: { a: 1; b(): void }; export = x;`,
  `declare enum E { A, B } export = E;`,
  `declare namespace N.M { const a: 1 } export = N;`,
  `type A = 1; export type { A };`,
  `export declare let a: 1; export abstract class B {} export declare var c: 1, d: 2;`,
  `export as namespace Foo; export declare const a: 1;`,
];

/** No one imports merged prototypes and call signatures by name. */
const BUILT_IN = new Set(['prototype']);

function byChecker(text: string): string[] {
  const file = 'module.d.ts';
  const host: ts.CompilerHost = {
    ...ts.createCompilerHost({}),
    fileExists: (name) => name === file,
    readFile: () => undefined,
    getSourceFile: (name) =>
      name === file ? ts.createSourceFile(name, text, ts.ScriptTarget.ESNext) : undefined,
  };
  const program = ts.createProgram([file], { noLib: true, types: [], module: ts.ModuleKind.CommonJS }, host);
  const checker = program.getTypeChecker();
  const symbol = checker.getSymbolAtLocation(program.getSourceFile(file)!);
  if (!symbol) return [];
  const assigned = symbol.exports?.get(ts.InternalSymbolName.ExportEquals);
  const whole =
    assigned && assigned.flags & ts.SymbolFlags.Alias ? checker.getAliasedSymbol(assigned) : assigned;
  const properties = whole ? checker.getPropertiesOfType(checker.getTypeOfSymbol(whole)) : [];
  // Members of an `export =` appear twice: as exports and as properties.
  return [...new Set([...checker.getExportsOfModule(symbol), ...properties])]
    .filter(({ name }) => !BUILT_IN.has(name) && name !== 'export=')
    .map((entry) => {
      const target = entry.flags & ts.SymbolFlags.Alias ? checker.getAliasedSymbol(entry) : entry;
      const value = target.flags & ts.SymbolFlags.Value ? 'value ' : '';
      const type = target.flags & (ts.SymbolFlags.Type | ts.SymbolFlags.Namespace) && !value ? 'type ' : '';
      return `${value}${type}${entry.name}`;
    })
    .toSorted();
}

/**
 * Only value or not: a name that is both counts as a value here, as in the checker's answer above.
 */
function byRecord(text: string): string[] {
  const { exports, locals } = parseModule('module.d.ts', text);
  const meaning = (value: boolean) => (value ? 'value' : 'type');
  const names = exports.flatMap((entry): string[] => {
    if (entry.kind === 'assignment')
      return entry.members.map((member) => `${meaning(member.value)} ${member.name}`);
    if (entry.kind !== 'local') return [];
    const local = locals.find(({ name }) => name === entry.local);
    return [`${meaning(!entry.typeOnly && (local?.value ?? true))} ${entry.name}`];
  });
  return names.toSorted();
}

test.each(TEXTS)('the checker agrees on %s', (text) => {
  expect(byRecord(text)).toEqual(byChecker(text));
});
