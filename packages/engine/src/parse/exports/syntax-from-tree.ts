import type { ExportNamedDeclaration, ImportDeclaration, Node } from 'oxc-parser';
import type { RequestedName } from '../../model/module-record.js';
import type { Span } from '../../model/place.js';
import { moduleExportName } from '../tree/node.js';
import { declaredNames } from './declared-names.js';
import type {
  AliasSyntax,
  ExportSyntax,
  ImportBinding,
  ModuleSyntax,
  StaticRequest,
} from './module-syntax.js';

/**
 * The import and export statements of a list of statements: a module's, or an ambient block's.
 *
 * @param ambient in a declaration file, or inside `declare module` and `declare namespace`: without
 *   any `export {…}`, `export *`, `export =` or `export default <expression>` every declaration is
 *   exported, marked or not (TypeScript's `setExportContextFlag`)
 */
export function syntaxFromTree(body: readonly Node[], text: string, ambient: boolean): ModuleSyntax {
  const requests: StaticRequest[] = [];
  const exports: ExportSyntax[] = [];
  const aliases = body.flatMap(aliasIn);
  const everything = ambient && !body.some(isExportDeclaration);
  for (const statement of body) {
    if (statement.type === 'ImportDeclaration') requests.push(importRequest(statement));
    else if (statement.type === 'TSImportEqualsDeclaration') requests.push(...importEquals(statement));
    else if (statement.type === 'ExportNamedDeclaration' && statement.declaration) {
      const { declaration } = statement;
      if (declaration.type === 'TSImportEqualsDeclaration') requests.push(...importEquals(declaration));
      exports.push(...declaredExports(declaration));
    } else if (everything && statement.type !== 'ExportDefaultDeclaration')
      exports.push(...declaredExports(statement));
    if (statement.type === 'ExportDefaultDeclaration')
      exports.push(defaultExport(statement.declaration, statement, text));
    else readExports(statement, requests, exports);
  }
  return { requests, exports: mergeDeclarations(exports), ...(aliases.length > 0 && { aliases }) };
}

function aliasIn(statement: Node): AliasSyntax[] {
  const declared = statement.type === 'ExportNamedDeclaration' ? statement.declaration : statement;
  if (declared?.type !== 'TSImportEqualsDeclaration') return [];
  const { id, moduleReference: to } = declared;
  if (to.type === 'Identifier') return [{ local: id.name, root: to.name }];
  if (to.type !== 'TSQualifiedName' || to.left.type !== 'Identifier') return [];
  return [{ local: id.name, root: to.left.name, member: to.right.name }];
}

function readExports(statement: Node, requests: StaticRequest[], exports: ExportSyntax[]): void {
  switch (statement.type) {
    case 'ExportNamedDeclaration':
      if (statement.source) requests.push(reexport(statement));
      for (const specifier of statement.specifiers) exports.push(specifierExport(specifier, statement));
      return;
    case 'ExportAllDeclaration': {
      const { source, exported } = statement;
      const typeOnly = statement.exportKind === 'type';
      const form = exported ? 'export-from' : 'export-star';
      const request = { ...requestBase(source), form, typeOnly, names: [], bindings: [] } as const;
      requests.push(exported ? { ...request, passesNamespace: true } : request);
      const target = { specifierStart: source.start, typeOnly };
      if (exported) exports.push({ kind: 'namespace', ...target, ...moduleExportName(exported) });
      else exports.push({ kind: 'star', ...target, start: statement.start, end: statement.end });
      return;
    }
    case 'TSExportAssignment':
      exports.push({ kind: 'assignment', expression: statement.expression, ...spanOf(statement.expression) });
  }
}

/**
 * TypeScript's `hasExportDeclarations`, which does not count `export` as a modifier of a
 * declaration.
 */
function isExportDeclaration(statement: Node): boolean {
  switch (statement.type) {
    case 'ExportNamedDeclaration':
      return !statement.declaration;
    case 'ExportDefaultDeclaration':
      return !isDeclaration(statement.declaration);
    default:
      return statement.type === 'ExportAllDeclaration' || statement.type === 'TSExportAssignment';
  }
}

const DECLARATIONS = new Set<Node['type']>([
  'FunctionDeclaration',
  'TSDeclareFunction',
  'ClassDeclaration',
  'TSInterfaceDeclaration',
]);

function isDeclaration(node: Node): boolean {
  return DECLARATIONS.has(node.type);
}

function importRequest({ specifiers, source, importKind, phase }: ImportDeclaration): StaticRequest {
  const typeOnly = importKind === 'type';
  const names: RequestedName[] = [];
  const bindings: ImportBinding[] = [];
  for (const specifier of phase === 'source' ? [] : specifiers) {
    const { local } = specifier;
    const onlyType = typeOnly || (specifier.type === 'ImportSpecifier' && specifier.importKind === 'type');
    const binding = { local: local.name, typeOnly: onlyType, ...spanOf(local) };
    if (specifier.type === 'ImportNamespaceSpecifier') {
      bindings.push(binding);
      continue;
    }
    const isDefault = specifier.type === 'ImportDefaultSpecifier';
    const imported = isDefault ? { name: 'default', ...spanOf(local) } : moduleExportName(specifier.imported);
    bindings.push({ ...binding, imported: imported.name });
    names.push({ ...imported, typeOnly: onlyType, via: isDefault ? 'default' : 'named' });
  }
  return { ...requestBase(source), form: 'import', typeOnly, names, bindings };
}

/** `import x = require('x')`. An alias of a local name (`import x = a.b`) imports nothing. */
function importEquals(node: Extract<Node, { type: 'TSImportEqualsDeclaration' }>): StaticRequest[] {
  const { id, moduleReference, importKind } = node;
  if (moduleReference.type !== 'TSExternalModuleReference') return [];
  const typeOnly = importKind === 'type';
  const bindings = [{ local: id.name, typeOnly, ...spanOf(id) }];
  return [
    { ...requestBase(moduleReference.expression), form: 'import-equals', typeOnly, names: [], bindings },
  ];
}

function reexport({ source, specifiers, exportKind }: ExportNamedDeclaration): StaticRequest {
  const typeOnly = exportKind === 'type';
  const names = specifiers.map((specifier): RequestedName => ({
    ...moduleExportName(specifier.local),
    typeOnly: typeOnly || specifier.exportKind === 'type',
    via: 'named',
  }));
  return { ...requestBase(source!), form: 'export-from', typeOnly, names, bindings: [] };
}

function specifierExport(
  specifier: ExportNamedDeclaration['specifiers'][number],
  { source, exportKind }: ExportNamedDeclaration,
): ExportSyntax {
  const typeOnly = exportKind === 'type' || specifier.exportKind === 'type';
  const exported = { ...moduleExportName(specifier.exported), typeOnly };
  const local = moduleExportName(specifier.local).name;
  if (!source) return { kind: 'local', local, ...exported };
  return { kind: 'from', importName: local, specifierStart: source.start, ...exported };
}

function defaultExport(declaration: Node, statement: Node, text: string): ExportSyntax {
  const keyword = text.slice(statement.start, declaration.start).lastIndexOf('default');
  const start = statement.start + Math.max(keyword, 0);
  const span = { start, end: start + 'default'.length };
  const typeOnly = declaration.type === 'TSInterfaceDeclaration';
  const base = { kind: 'local', name: 'default', typeOnly, ...span } as const;
  if (declaration.type === 'Identifier') return { ...base, local: declaration.name, byValue: true };
  const id = isDeclaration(declaration) && 'id' in declaration ? (declaration.id as Node | null) : null;
  return id?.type === 'Identifier' ? { ...base, local: id.name } : base;
}

function declaredExports(declaration: Node): ExportSyntax[] {
  return declaredNames(declaration).map(({ id, type, value }) => ({
    kind: 'local',
    name: id.name,
    local: id.name,
    typeOnly: type && !value,
    start: id.start,
    end: id.end,
  }));
}

/** Overloads and merged declarations are one export. It is a value if any of them is. */
function mergeDeclarations(exports: readonly ExportSyntax[]): ExportSyntax[] {
  const merged = new Map<string | ExportSyntax, ExportSyntax>();
  for (const entry of exports) {
    const key = entry.kind === 'local' ? `${entry.name} ${entry.local ?? ''}` : entry;
    const present = merged.get(key);
    if (!present) merged.set(key, entry);
    else if (present.kind === 'local' && entry.kind === 'local' && present.typeOnly && !entry.typeOnly) {
      merged.set(key, { ...present, typeOnly: false });
    }
  }
  return [...merged.values()];
}

function requestBase(source: Node & { readonly value: unknown }): { specifier: string } & Span {
  return { specifier: String(source.value), ...spanOf(source) };
}

function spanOf({ start, end }: Span): Span {
  return { start, end };
}
