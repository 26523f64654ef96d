import type { EcmaScriptModule, StaticExportEntry, StaticImport } from 'oxc-parser';
import type { RequestedName } from '../../model/module-record.js';
import type { Span } from '../../model/place.js';
import { SOURCE_PHASE } from './module-syntax.js';
import type { ExportSyntax, ImportBinding, ModuleSyntax, StaticRequest } from './module-syntax.js';

/**
 * A JavaScript module's static imports and exports from the parser's own record, which costs no tree. For TypeScript the record
 * is too coarse (`declare` counts as a type, `import type {}` leaves no trace): read the tree there.
 */
export function syntaxFromRecord(module: EcmaScriptModule, text: string): ModuleSyntax {
  const requests = new Map<number, StaticRequest>();
  for (const statement of module.staticImports) {
    requests.set(statement.moduleRequest.start, importRequest(statement, text));
  }
  const exports: ExportSyntax[] = [];
  for (const entry of module.staticExports.flatMap(({ entries }) => entries)) {
    if (entry.moduleRequest) addReexport(requests, entry);
    exports.push(exportSyntax(entry));
  }
  return { requests: [...requests.values()], exports };
}

function importRequest({ start, end, moduleRequest, entries }: StaticImport, text: string): StaticRequest {
  const source = SOURCE_PHASE.test(text.slice(start, end));
  const names: RequestedName[] = [];
  const bindings: ImportBinding[] = [];
  for (const { importName, localName } of source ? [] : entries) {
    const imported =
      importName.kind === 'Default' ? 'default' : importName.kind === 'Name' ? importName.name : null;
    const binding = { local: localName.value, typeOnly: false, start: localName.start, end: localName.end };
    bindings.push(imported === null ? binding : { ...binding, imported });
    if (imported === null) continue;
    const via = importName.kind === 'Default' ? 'default' : 'named';
    names.push({ name: imported, typeOnly: false, via, ...spanOf(importName, localName) });
  }
  return {
    specifier: moduleRequest.value,
    form: 'import',
    typeOnly: false,
    names,
    bindings,
    ...spanOf(moduleRequest, moduleRequest),
  };
}

/** Adds what a re-export asks to its statement's request. Names that an import statement asked for are there already. */
function addReexport(
  requests: Map<number, StaticRequest>,
  { moduleRequest, importName }: StaticExportEntry,
): void {
  const { value: specifier, start, end } = moduleRequest!;
  const present = requests.get(start);
  if (present?.form === 'import') return;
  const form = importName.kind === 'AllButDefault' ? 'export-star' : 'export-from';
  const base: StaticRequest = present ?? {
    specifier,
    form,
    typeOnly: false,
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
      typeOnly: false,
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
  const target = { specifierStart: moduleRequest.start, typeOnly: false };
  if (importName.kind === 'AllButDefault')
    return { kind: 'star', ...target, start: entry.start, end: entry.end };
  if (importName.kind === 'All') return { kind: 'namespace', name, ...target, ...span };
  return { kind: 'from', name, importName: importName.name ?? 'default', ...target, ...span };
}

function spanOf(name: { readonly start: number | null; readonly end: number | null }, fallback: Span): Span {
  return { start: name.start ?? fallback.start, end: name.end ?? fallback.end };
}
