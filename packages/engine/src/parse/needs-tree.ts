import type { ParsedSource } from './parse-source.js';

/** `require` and `createRequire`, mock calls. */
const REQUESTS = /require|\b(?:vi|vitest|jest)\s*\./i;
const EXPORTS = /export|\bthis\s*[.[]/;
const META = /\bURL\b|\bresolve\b/;

/**
 * Whether JavaScript may hold anything that the parser's module record does not tell. Plain ES modules, the bulk of what bundlers
 * and compilers write, do not need the tree, which costs more than all the rest.
 */
export function needsTree({ text, module }: ParsedSource): boolean {
  if (module.dynamicImports.length > 0 || REQUESTS.test(text)) return true;
  if (!module.hasModuleSyntax) return EXPORTS.test(text);
  if (module.importMetas.length > 0 && META.test(text)) return true;
  return (
    module.staticImports.some(({ entries }) =>
      entries.some(({ importName }) => importName.kind === 'NamespaceObject'),
    ) ||
    // `export {} from 'x'` has no entries, hence no specifier there.
    module.staticExports.some(({ entries }) => entries.length === 0)
  );
}
