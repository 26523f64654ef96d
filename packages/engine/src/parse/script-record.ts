import type { AddedNames } from '../model/commonjs-facts.js';
import type { Node } from 'oxc-parser';
import type {
  ExportEntry,
  Language,
  LocalDeclaration,
  ModuleRecord,
  ValueMembers,
  WrapperUse,
} from '../model/module-record.js';
import { calledImports } from './called-imports.js';
import type { CalledImports } from './called-imports.js';
import { addedNames } from './commonjs/added-names.js';
import { commonJsFacts } from './commonjs/read-commonjs-facts.js';
import { valueMembers } from './commonjs/value-members.js';
import type { ValueName } from './commonjs/value-members.js';
import { emptyRecord } from './empty-record.js';
import type { AmbientBlock } from './exports/ambient-modules.js';
import { ambientBlocks, ambientModule } from './exports/ambient-modules.js';
import { assignedMembers } from './exports/export-assignment.js';
import { declaredInPlace } from './exports/declared-in-place.js';
import { linkExports } from './exports/link-exports.js';
import { localDeclarations } from './exports/local-declarations.js';
import { syntaxFromTree } from './exports/syntax-from-tree.js';
import type { ModuleSyntax } from './exports/module-syntax.js';
import { memberReads } from './member-reads.js';
import type { MemberReads } from './member-reads.js';
import { needsTree, typedNeedsTree } from './needs-tree.js';
import type { ParsedSource } from './parse-source.js';
import { parseSource } from './parse-source.js';
import { lexedOutline } from './lexing/lexed-outline.js';
import { directivesOf, parsedOutline } from './outline.js';
import type { ModuleOutline } from './outline.js';
import { chunkFacts } from './references/chunk-facts.js';
import { hashedFiles, sourceMapReference, viteChunks } from './references/chunk-tables.js';
import { fileReferences } from './references/file-references.js';
import { nameRedirects } from './references/name-redirects.js';
import type { RequestDraft } from './requests/request-draft.js';
import { finishRequests, requestDraft } from './requests/request-draft.js';
import { staticRequests } from './requests/static-requests.js';
import { virtualMocks } from './requests/mock-call.js';
import { treeRequests } from './requests/tree-requests.js';
import { valueUses } from './value-uses.js';
import type { ValueUses } from './value-uses.js';
import { wrapperUses } from './wrapper-uses.js';
import { indexTree } from './tree/index-tree.js';
import type { TreeIndex } from './tree/tree-index.js';

/**
 * The record of a JavaScript or TypeScript text. The tree is built only for text that may contain
 * more than static imports and exports declared in place.
 *
 * @param extension of the file: `.mjs` and `.cjs` decide the kind of module
 * @param allLocals list also declarations that are not exported, which takes the tree
 */
export function scriptRecord(
  text: string,
  language: Language,
  extension: string,
  allLocals = false,
): ModuleRecord {
  const lexed = allLocals ? undefined : lexedOutline(text, language, extension);
  const quick = lexed && recordWithoutTree(lexed, extension);
  if (quick) return quick;
  const source = parseSource(text, language, extension);
  if (source.syntaxError) return emptyRecord(language, source.syntaxError);
  const typed = isTyped(language);
  const short = typed && allLocals ? undefined : recordWithoutTree(parsedOutline(source), extension);
  if (short) return short;
  const index = indexTree(source.program);
  return typed ? typedRecord(source, index) : scriptTreeRecord(source, index, extension);
}

function isTyped(language: Language): boolean {
  return language === 'ts' || language === 'tsx' || language === 'dts';
}

/** The record of a text without its tree; undefined if only the tree has everything. */
function recordWithoutTree(outline: ModuleOutline, extension: string): ModuleRecord | undefined {
  if (isTyped(outline.language)) return typedNeedsTree(outline) ? undefined : typedRecordInPlace(outline);
  return needsTree(outline) ? undefined : plainRecord(outline, extension);
}

function plainRecord(outline: ModuleOutline, extension: string): ModuleRecord {
  const { text, language, hasModuleSyntax, syntax } = outline;
  const requests = finishRequests(
    [...staticRequests(syntax.requests, undefined), ...outline.directives],
    false,
  );
  const exports = linkExports(syntax, { requests, defaultIsAlias: false, assigned: noMembers });
  const files = [...hashedFiles(text), ...sourceMapReference(text)];
  const record = {
    ...emptyRecord(language),
    hasModuleSyntax,
    requests,
    exports,
    ...(files.length > 0 && { files }),
  };
  return hasModuleSyntax || extension === 'mjs'
    ? record
    : { ...record, commonjs: commonJsFacts(text, undefined) };
}

/** For modules of TypeScript whose exports are all declared in place; undefined for others. */
function typedRecordInPlace(outline: ModuleOutline): ModuleRecord | undefined {
  const { text, language } = outline;
  const locals = declaredInPlace(outline.declaring, text, language === 'dts');
  if (!locals) return undefined;
  const { syntax } = outline;
  const drafts = [...staticRequests(syntax.requests, undefined), ...outline.directives];
  const requests = finishRequests(drafts, language === 'dts');
  const linked = linkExports(syntax, { requests, defaultIsAlias: true, assigned: noMembers });
  const exports = withMeanings(linked, locals);
  return { ...emptyRecord(language), hasModuleSyntax: true, requests, exports, locals };
}

/**
 * Exports of declarations, each name once (overloads). Their declarations show whether they are
 * types or values.
 */
function withMeanings(
  exports: readonly ExportEntry[],
  locals: readonly LocalDeclaration[],
): readonly ExportEntry[] {
  const values = new Set(locals.flatMap(({ name, value }) => (value ? name : [])));
  const seen = new Set<string>();
  return exports.flatMap((entry) => {
    if (entry.kind !== 'local' || entry.local === undefined) return entry;
    const key = `${entry.name} ${entry.local}`;
    if (seen.has(key)) return [];
    seen.add(key);
    const typeOnly = !values.has(entry.local);
    return typeOnly === entry.typeOnly ? entry : { ...entry, typeOnly };
  });
}

function scriptTreeRecord(source: ParsedSource, index: TreeIndex, extension: string): ModuleRecord {
  const { module, program, text, language } = source;
  const { hasModuleSyntax } = module;
  const syntax = syntaxFromTree(program.body, text, false);
  const drafts = requestDrafts(syntax, index, { text, hasModuleSyntax });
  const requests = finishRequests([...drafts, ...directivesOf(source)], false);
  const exports = linkExports(syntax, { requests, defaultIsAlias: false, assigned: noMembers });
  const known = fileReferences(index);
  const files = [
    ...known,
    ...hashedFiles(text).filter(({ start }) => !known.some((other) => other.start === start)),
    ...viteChunks(text),
    ...sourceMapReference(text),
  ];
  const chunks = chunkFacts(index, text);
  const redirects = nameRedirects(text);
  const record = {
    ...emptyRecord(language),
    hasModuleSyntax,
    requests,
    exports,
    ...(files.length > 0 && { files }),
    ...(chunks && { chunks }),
    ...(redirects.length > 0 && { redirects }),
  };
  if (!hasModuleSyntax && extension !== 'mjs') return { ...record, commonjs: commonJsFacts(text, index) };
  const uses = wrapperUses(index, text);
  return uses.length > 0 ? { ...record, wrapperUses: uses } : record;
}

function requestDrafts(
  syntax: ModuleSyntax,
  index: TreeIndex,
  context: Parameters<typeof treeRequests>[1],
): RequestDraft[] {
  const drafts = [...staticRequests(syntax.requests, index), ...treeRequests(index, context)];
  if (!context.text.includes('virtual')) return drafts;
  const virtual = virtualMocks(index);
  for (const draft of drafts) if (virtual.has(draft.specifier)) draft.virtual = true;
  return drafts;
}

/** The members that a text reads from its imports; empty for text that does not parse. */
export function scriptMemberReads(text: string, language: Language, extension: string): MemberReads {
  const source = parseSource(text, language, extension);
  if (source.syntaxError) return new Map();
  const index = indexTree(source.program);
  const syntax = syntaxFromTree(source.program.body, text, false);
  const { hasModuleSyntax } = source.module;
  return memberReads(index, syntax.requests, requestDrafts(syntax, index, { text, hasModuleSyntax }));
}

/** Where a TypeScript text uses imported names as values; empty for text that does not parse. */
export function scriptValueUses(text: string, language: Language, extension: string): ValueUses {
  const source = parseSource(text, language, extension);
  if (source.syntaxError) return new Map();
  return valueUses(indexTree(source.program), syntaxFromTree(source.program.body, text, false).requests);
}

/** Where a text uses imported modules as functions or iterables. */
export function scriptCalledImports(text: string, language: Language, extension: string): CalledImports {
  const source = parseSource(text, language, extension);
  if (source.syntaxError) return new Map();
  const index = indexTree(source.program);
  const syntax = syntaxFromTree(source.program.body, text, false);
  const { hasModuleSyntax } = source.module;
  return calledImports(index, syntax.requests, requestDrafts(syntax, index, { text, hasModuleSyntax }));
}

/**
 * Where a JavaScript text uses the variables of CommonJS, as if it were an ES module; empty for
 * text that does not parse.
 */
export function scriptWrapperUses(text: string, extension: string): readonly WrapperUse[] {
  const source = parseSource(text, 'js', extension);
  return source.syntaxError ? [] : wrapperUses(indexTree(source.program), text);
}

/** The names that a JavaScript text sets on the exports of other modules; none if it does not parse. */
export function scriptAddedNames(text: string, language: Language, extension: string): readonly AddedNames[] {
  const source = parseSource(text, language, extension);
  if (source.syntaxError) return [];
  return addedNames(indexTree(source.program), syntaxFromTree(source.program.body, text, false).requests);
}

/** The members of values of a JavaScript text, by any name; undefined if it does not parse. */
export function scriptValueMembers(
  text: string,
  language: Language,
  extension: string,
): ((name: ValueName) => ValueMembers | undefined) | undefined {
  const source = parseSource(text, language, extension);
  if (source.syntaxError) return undefined;
  const { body } = source.program;
  const index = indexTree(source.program);
  return (name) => valueMembers(body, index, name);
}

function typedRecord(source: ParsedSource, index: TreeIndex): ModuleRecord {
  const { program, text, language } = source;
  const body: readonly Node[] = program.body;
  const declaration = language === 'dts';
  const hasModuleSyntax = source.module.hasModuleSyntax || body.some(isTypeScriptModuleSyntax);
  const syntax = syntaxFromTree(body, text, declaration && hasModuleSyntax);
  const blocks = ambientBlocks(body, text);
  const drafts = [
    ...requestDrafts(syntax, index, { text, hasModuleSyntax }),
    ...blocks.flatMap((block) => blockRequests(block, index, hasModuleSyntax)),
    ...directivesOf(source),
  ];
  const requests = finishRequests(drafts, declaration);
  const context = { text, ambient: declaration };
  return {
    language,
    hasModuleSyntax,
    requests,
    exports: linkExports(syntax, {
      requests,
      defaultIsAlias: true,
      assigned: ({ expression }) => assignedMembers(expression, body, context),
    }),
    locals: localDeclarations(body, context),
    ambientModules: blocks.map((block) => ambientModule(block, text, requests, hasModuleSyntax)),
  };
}

/** What makes a TypeScript file a module besides ECMAScript's own syntax. */
function isTypeScriptModuleSyntax(statement: Node): boolean {
  if (statement.type === 'TSExportAssignment') return true;
  return (
    statement.type === 'TSImportEqualsDeclaration' &&
    statement.moduleReference.type === 'TSExternalModuleReference'
  );
}

/**
 * The requests of the statements in a `declare module` block. In a module, the block itself
 * requires that its module exists.
 */
function blockRequests(
  { syntax, node, specifier }: AmbientBlock,
  index: TreeIndex,
  augments: boolean,
): RequestDraft[] {
  const drafts = staticRequests(syntax.requests, index);
  if (!augments) return drafts;
  const draft = requestDraft(specifier, 'augmentation', node.id);
  draft.typeOnly = true;
  return [draft, ...drafts];
}

function noMembers(): { members: [] } {
  return { members: [] };
}
