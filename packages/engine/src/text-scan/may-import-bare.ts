import { GAP } from './gap.js';

/**
 * Imports of style sheets and other files that are no scripts are left out: there are many, and no
 * rule checks them.
 */
const BARE_IMPORT = new RegExp(
  String.raw`\bimport${GAP}(["'])(?![^"'\n]+\.(?:css|s[ac]ss|less|styl|json|svg|png)\1)`,
);

/** Whether a text may have an `import 'x'` of a script. */
export function mayImportBare(text: string): boolean {
  return BARE_IMPORT.test(text);
}

const STYLE_IMPORT = new RegExp(String.raw`\bimport${GAP}(["'])[^"'\n]+\.(?:css|s[ac]ss|less|styl)\1`);

/** Whether a text may have an `import 'x.css'`. */
export function mayImportStyle(text: string): boolean {
  return STYLE_IMPORT.test(text);
}
