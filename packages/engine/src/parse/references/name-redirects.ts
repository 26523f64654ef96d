import type { NameRedirect } from '../../model/module-record.js';

/** A replacement of Node's own function that resolves the argument of `require`. */
const PATCH = /\b_resolveFilename\s*=(?!=)/;
const TEXT = String.raw`"((?:[^"\\]|\\.)*)"`;
/** An entry of the table: JSON, or its minified form. */
const ENTRY = new RegExp(
  String.raw`\{\s*"?module"?\s*:\s*${TEXT}\s*,(?:\s*"?exactMatch"?\s*:\s*${TEXT}\s*,)?\s*"?pattern"?\s*:\s*${TEXT}\s*\}`,
  'g',
);

/**
 * The table in the program that @nx/esbuild adds before an application that it compiles without
 * bundling (`bundle: false`, the setting of the generators of Node applications). It maps
 * tsconfig's `paths` to the compiled copies in the output. See `getRegisterFileContent` in that
 * package's build-esbuild-options.ts.
 */
export function nameRedirects(text: string): readonly NameRedirect[] {
  if (!PATCH.test(text)) return [];
  return [...text.matchAll(ENTRY)].map(([, name, exact, pattern]) => ({
    name: name!,
    path: exact ?? pattern!.replace('*', ''),
  }));
}
