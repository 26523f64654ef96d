import type { NameRedirect } from '../../model/module-record.js';

/** Node's own function for what `require` is given, replaced. */
const PATCH = /\b_resolveFilename\s*=(?!=)/;
const TEXT = String.raw`"((?:[^"\\]|\\.)*)"`;
/** An entry of the table: JSON, or what a minifier makes of it. */
const ENTRY = new RegExp(
  String.raw`\{\s*"?module"?\s*:\s*${TEXT}\s*,(?:\s*"?exactMatch"?\s*:\s*${TEXT}\s*,)?\s*"?pattern"?\s*:\s*${TEXT}\s*\}`,
  'g',
);

/**
 * The table in the program that @nx/esbuild puts before an application that it compiles without bundling (`bundle: false`, as the
 * generators of Node applications set it): tsconfig's `paths`, led to the compiled copies in the output. See `getRegisterFileContent` in
 * that package's build-esbuild-options.ts.
 */
export function nameRedirects(text: string): readonly NameRedirect[] {
  if (!PATCH.test(text)) return [];
  return [...text.matchAll(ENTRY)].map(([, name, exact, pattern]) => ({
    name: name!,
    path: exact ?? pattern!.replace('*', ''),
  }));
}
