import type { EcmaScriptModule, StaticExportEntry, StaticImport } from 'oxc-parser';
import type { RequestedName } from '../../model/module-record.js';
import type { Span } from '../../model/place.js';
import { SOURCE_PHASE, STATEMENT_OF_TYPES } from './module-syntax.js';
import type { ExportSyntax, ImportBinding, ModuleSyntax, StaticRequest } from './module-syntax.js';

/**
 * A module's static imports and exports from the parser's own record, which needs no tree.
 *
 * For TypeScript the record has less detail than the tree. It takes every `declare` for a type, and
 * does not list `import type {}`. So an export that is declared in place counts as no type here
 * (its declaration says so), and callers must look for empty braces.
 */
export function syntaxFromRecord(module: EcmaScriptModule, text: string): ModuleSyntax {
  const requests = new Map<number, StaticRequest>();
  for (const statement of module.staticImports) {
    requests.set(statement.moduleRequest.start, importRequest(statement, text));
  }
  const exports: ExportSyntax[] = [];
  for (const { start, end, entries } of module.staticExports) {
    const ofTypes = STATEMENT_OF_TYPES.test(text.slice(start, end));
    for (const entry of entries) {
      if (entry.moduleRequest) addReexport(requests, entry, ofTypes);
      exports.push(exportSyntax(entry));
    }
  }
  // The record lists re-exports of imported names with their import statements.
  return { requests: [...requests.values()], exports: exports.sort((a, b) => a.start - b.start) };
}

function importRequest({ start, end, moduleRequest, entries }: StaticImport, text: string): StaticRequest {
  const source = SOURCE_PHASE.test(text.slice(start, end));
  const names: RequestedName[] = [];
  const bindings: ImportBinding[] = [];
  for (const { importName, localName, isType } of source ? [] : entries) {
    const imported =
      importName.kind === 'Default' ? 'default' : importName.kind === 'Name' ? importName.name : null;
    const binding = { local: localName.value, typeOnly: isType, start: localName.start, end: localName.end };
    bindings.push(imported === null ? binding : { ...binding, imported });
    if (imported === null) continue;
    const via = importName.kind === 'Default' ? 'default' : 'named';
    names.push({ name: imported, typeOnly: isType, via, ...spanOf(importName, localName) });
  }
  return {
    specifier: moduleRequest.value,
    form: 'import',
    typeOnly: STATEMENT_OF_TYPES.test(text.slice(start, end)),
    names,
    bindings,
    ...spanOf(moduleRequest, moduleRequest),
  };
}

/**
 * Adds the names of a re-export to its statement's request. Names from an import statement are
 * already in it.
 */
function addReexport(
  requests: Map<number, StaticRequest>,
  { moduleRequest, importName, isType }: StaticExportEntry,
  typeOnly: boolean,
): void {
  const { value: specifier, start, end } = moduleRequest!;
  const present = requests.get(start);
  if (present?.form === 'import') return;
  const form = importName.kind === 'AllButDefault' ? 'export-star' : 'export-from';
  const base: StaticRequest = present ?? {
    specifier,
    form,
    typeOnly,
    names: [],
    bindings: [],
    start,
    end,
  };
  if (importName.kind === 'All') {
    requests.set(start, { ...base, passesNamespace: true });
  } else if (importName.kind === 'Name') {
    const name = {
      name: importName.name!,
      typeOnly: isType,
      via: 'named' as const,
      ...spanOf(importName, moduleRequest!),
    };
    requests.set(start, { ...base, names: [...base.names, name] });
  } else {
    requests.set(start, base);
  }
}

function exportSyntax(entry: StaticExportEntry): ExportSyntax {
  const { moduleRequest, importName, exportName, localName } = entry;
  const span = spanOf(exportName, entry);
  const name = exportName.kind === 'Default' ? 'default' : (exportName.name ?? '');
  if (!moduleRequest) {
    const local = localName.name === null ? {} : { local: localName.name };
    const byValue = exportName.kind === 'Default' ? { byValue: true as const } : {};
    return { kind: 'local', name, ...local, ...byValue, typeOnly: false, ...span };
  }
  const target = { specifierStart: moduleRequest.start, typeOnly: entry.isType };
  if (importName.kind === 'AllButDefault')
    return { kind: 'star', ...target, start: entry.start, end: entry.end };
  if (importName.kind === 'All') return { kind: 'namespace', name, ...target, ...span };
  return { kind: 'from', name, importName: importName.name ?? 'default', ...target, ...span };
}

function spanOf(name: { readonly start: number | null; readonly end: number | null }, fallback: Span): Span {
  return { start: name.start ?? fallback.start, end: name.end ?? fallback.end };
}
