import type { ExportEntry, MemberName, ModuleRequest } from '../../model/module-record.js';
import type { AssignedMembers } from './export-assignment.js';
import type { AliasedMember } from './local-declarations.js';
import type { ExportSyntax, ImportBinding, ModuleSyntax } from './module-syntax.js';

export interface LinkContext {
  /** The file's finished requests. */
  readonly requests: readonly ModuleRequest[];
  /** In TypeScript, `export default x` of an imported x exports the imported binding itself. */
  readonly defaultIsAlias: boolean;
  readonly assigned: (entry: ExportSyntax & { kind: 'assignment' }) => AssignedMembers;
}

/**
 * Export entries as in ECMA-262 16.2.1.6.1 ParseModule: an exported name that is imported becomes
 * `indirect`, an exported namespace import becomes `namespace`.
 */
export function linkExports(syntax: ModuleSyntax, context: LinkContext): ExportEntry[] {
  const indices = new Map(context.requests.map(({ start }, index) => [start, index]));
  const imports = new Map<string, Imported>();
  for (const { bindings, start, typeOnly } of syntax.requests) {
    for (const binding of bindings) {
      imports.set(binding.local, {
        ...binding,
        typeOnly: typeOnly || binding.typeOnly,
        request: indices.get(start) ?? 0,
      });
    }
  }
  for (const { local, root, member } of syntax.aliases ?? []) {
    const imported = imports.get(root);
    if (imported && member === undefined) imports.set(local, { ...imported, local });
    // Members are only followed in namespaces of modules.
    else if (imported && member !== undefined && imported.imported === undefined)
      imports.set(local, { ...imported, local, imported: member });
  }
  return syntax.exports.map((entry) => linkExport(entry, imports, indices, context));
}

type Imported = ImportBinding & { readonly request: number };

function linkExport(
  entry: ExportSyntax,
  imports: ReadonlyMap<string, Imported>,
  indices: ReadonlyMap<number, number>,
  context: LinkContext,
): ExportEntry {
  if (entry.kind === 'local') return linkLocal(entry, imports, context);
  if (entry.kind === 'assignment') return linkAssignment(entry, imports, context);
  const { specifierStart, kind, typeOnly, start, end } = entry;
  // Literals with all properties take less memory than spreads.
  const request = indices.get(specifierStart) ?? 0;
  if (kind === 'star') return { kind: 'star', request, typeOnly, start, end };
  if (kind === 'namespace') return { kind: 'namespace', name: entry.name, request, typeOnly, start, end };
  return { kind: 'indirect', name: entry.name, importName: entry.importName, request, typeOnly, start, end };
}

function linkLocal(
  { name, local, typeOnly, byValue, start, end }: ExportSyntax & { kind: 'local' },
  imports: ReadonlyMap<string, Imported>,
  context: LinkContext,
): ExportEntry {
  const imported =
    local === undefined || (byValue && !context.defaultIsAlias) ? undefined : imports.get(local);
  if (!imported)
    return local === undefined
      ? { kind: 'local', name, typeOnly, start, end }
      : { kind: 'local', name, local, typeOnly, start, end };
  const target = { request: imported.request, typeOnly: typeOnly || imported.typeOnly, start, end };
  if (imported.imported === undefined) return { kind: 'namespace', name, ...target };
  return { kind: 'indirect', name, importName: imported.imported, ...target };
}

/**
 * `import x = require('x'); export = x`, or `import * as x`: the names are those of that request.
 */
function linkAssignment(
  entry: ExportSyntax & { kind: 'assignment' },
  imports: ReadonlyMap<string, Imported>,
  context: LinkContext,
): ExportEntry {
  const { expression, start, end } = entry;
  const imported = expression.type === 'Identifier' ? imports.get(expression.name) : undefined;
  if (imported?.imported === undefined && imported) {
    return { kind: 'assignment', request: imported.request, members: [], start, end };
  }
  const { members, ...assigned } = context.assigned(entry);
  return {
    kind: 'assignment',
    ...assigned,
    members: members.map((one) => followed(one, imports)),
    start,
    end,
  };
}

/** A member that refers to an import, with the request that it comes from. */
function followed({ alias, ...member }: AliasedMember, imports: ReadonlyMap<string, Imported>): MemberName {
  const imported = alias && imports.get(alias.root);
  if (!imported || (alias.member !== undefined && imported.imported !== undefined)) return member;
  const importName = alias.member ?? imported.imported;
  return importName === undefined ? member : { ...member, from: { request: imported.request, importName } };
}
