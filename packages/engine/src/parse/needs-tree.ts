import type { ParsedSource } from './parse-source.js';

/** Calls of `require`, `createRequire`, mock calls. */
const REQUESTS = /\brequire\s*[(.?/]|createRequire|\b(?:vi|vitest|jest)\s*\./;
const EXPORTS = /export|\bmodule\b|\bthis\s*[.[]/;
/** The record does not mention it. */
const EMPTY_REEXPORT = /\bexport\s*\{\s*\}\s*from\b/;
const META = /\bURL\b|\bresolve\b/;

/**
 * Whether JavaScript may hold anything that the parser's module record does not tell. Plain ES modules, the bulk of what bundlers
 * and compilers write, do not need the tree, which costs more than all the rest.
 */
export function needsTree({ text, module }: ParsedSource): boolean {
  if (module.dynamicImports.length > 0 || REQUESTS.test(text)) return true;
  if (!module.hasModuleSyntax) return EXPORTS.test(text);
  if (module.importMetas.length > 0 && META.test(text)) return true;
  if (EMPTY_REEXPORT.test(text)) return true;
  return module.staticImports.some(({ entries }) =>
    entries.some(({ importName }) => importName.kind === 'NamespaceObject'),
  );
}
