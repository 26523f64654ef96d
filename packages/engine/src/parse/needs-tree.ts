import type { ModuleOutline } from './outline.js';

/** Calls of `require`, `createRequire`, mock calls. */
const REQUESTS =
  /\brequire\s*[(.?/]|createRequire|\b(?:vi|vitest|jest)\s*\.|from\s*["'](?:vitest|@jest\/globals|node:test)["']|\bmock\s*\.\s*module\b/;
const EXPORTS = /export|\bmodule\b|\bthis\s*[.[]/;
/** The record does not contain it. */
const EMPTY_REEXPORT = /\bexport\s*\{\s*\}\s*from\b/;
/** Variables of the CommonJS wrapper, which an ES module lacks. */
const WRAPPER = /\b__(?:dir|file)name\b|\bmodule\.exports\b|\bexports\./;
const META = /\bURL\b|\b(?:resolve|url|dirname|filename)\b/;
/** Files that are named by a path, and the runtime of webpack and similar bundlers. */
const FILES =
  /\b__(?:dirname|filename)\b|\b(?:Shared)?Worker\s*\(|\bserviceWorker\b|\bimportScripts\b|webpack/;

/**
 * Whether JavaScript may contain something that is not in the parser's module record. Plain ES
 * modules, the bulk of built output, do not need the tree, whose cost is more than half of the
 * total.
 */
export function needsTree(outline: ModuleOutline): boolean {
  const { text, hasModuleSyntax } = outline;
  if (outline.isTested) return false;
  if (outline.hasDynamicImports || REQUESTS.test(text) || FILES.test(text)) return true;
  if (!hasModuleSyntax) return EXPORTS.test(text);
  return WRAPPER.test(text) || EMPTY_REEXPORT.test(text) || needsTreeForPackages(outline);
}

/** What only the tree shows: URLs, and members of namespaces, which only matter between packages. */
export function needsTreeForPackages({
  text,
  hasImportMeta,
  bindsPackage,
}: Pick<ModuleOutline, 'text' | 'hasImportMeta' | 'bindsPackage'>): boolean {
  return bindsPackage || (hasImportMeta && META.test(text));
}

/**
 * `import a = b`, `export import`, `export =`, `export as namespace`, `declare module`, `declare
 * global`.
 */
const TYPED_SYNTAX =
  /\bimport\s+(?:type\s+)?[\p{ID_Start}$_][\p{ID_Continue}$]*\s*=|\bexport\s*=|\bexport\s+as\b|\bdeclare\s+(?:module|global)\b/u;
const IMPORT_TYPE = /\bimport\s*\(/;
const EMPTY_BRACES = /\{\s*\}\s*from\b/;

/**
 * The same for requests in TypeScript and declarations: only the tree has imports in types and
 * TypeScript's own module syntax.
 */
export function typedNeedsTree(outline: ModuleOutline): boolean {
  const { text } = outline;
  if (outline.isTested) return false;
  // The record lists an import that is exported by name with its import, and does not say whether
  // it is exported as a type.
  if (!outline.hasModuleSyntax || outline.passesOn) return true;
  return needsTree(outline) || TYPED_SYNTAX.test(text) || IMPORT_TYPE.test(text) || EMPTY_BRACES.test(text);
}

/** Whether the text alone shows that an ES module needs the tree. */
export function mayNeedTree(text: string, typed: boolean): boolean {
  if (REQUESTS.test(text) || FILES.test(text) || WRAPPER.test(text) || EMPTY_REEXPORT.test(text)) return true;
  return typed && (TYPED_SYNTAX.test(text) || IMPORT_TYPE.test(text) || EMPTY_BRACES.test(text));
}
