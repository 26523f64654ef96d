import type { Node } from 'oxc-parser';
import type { LocalDeclaration, MemberName } from '../../model/module-record.js';
import type { DeclaredName } from './declared-names.js';
import { declaredNames } from './declared-names.js';
import type { AliasSyntax } from './module-syntax.js';
import { syntaxFromTree } from './syntax-from-tree.js';

/** What is needed to read a list of statements. */
export interface BlockContext {
  readonly text: string;
  /** In a declaration file, or inside `declare …`: see `syntaxFromTree`. */
  readonly ambient: boolean;
}

/** The declarations of a list of statements by name, merged as TypeScript merges them. */
export function localDeclarations(body: readonly Node[], context: BlockContext): LocalDeclaration[] {
  const merged = new Map<string, LocalDeclaration>();
  const aliases: DeclaredName[] = [];
  const opaque = new Set<string>();
  for (const statement of body) {
    const exported =
      statement.type === 'ExportNamedDeclaration' || statement.type === 'ExportDefaultDeclaration';
    for (const declared of declaredNames(statement)) {
      if (declared.alias) aliases.push(declared);
      if (declared.opaque) opaque.add(declared.id.name);
      const members = membersOf(declared, context);
      const { id, value, type, constEnum } = declared;
      const local = {
        ...id,
        value,
        type,
        ...(constEnum && { constEnum }),
        exported,
        ...(members && { members }),
      };
      merged.set(id.name, merge(merged.get(id.name), local, context.ambient));
    }
  }
  for (const alias of aliases) narrowAlias(merged, alias);
  return [...merged.values()].map((local) =>
    local.members && opaque.has(local.name) ? { ...local, openMembers: true as const } : local,
  );
}

function merge(
  first: LocalDeclaration | undefined,
  second: LocalDeclaration,
  ambient: boolean,
): LocalDeclaration {
  if (!first) return second;
  // `const X` beside `export type X`: only the type is exported. Declaration files export
  // everything.
  if (!ambient && first.exported !== second.exported) return first.exported ? first : second;
  const { constEnum: _, members: __, ...rest } = first;
  const members = mergeMembers(first.members, second.members);
  // A const enum that merges with another value exists at run time.
  const constEnum = (first.constEnum || !first.value) && (second.constEnum || !second.value);
  return {
    ...rest,
    value: first.value || second.value,
    type: first.type || second.type,
    ...(constEnum && (first.value || second.value) && { constEnum: true as const }),
    exported: first.exported || second.exported,
    ...(members && { members }),
  };
}

/** The union of two lists of members, by name. */
export function mergeMembers(
  first: readonly MemberName[] | undefined,
  second: readonly MemberName[] | undefined,
): readonly MemberName[] | undefined {
  if (!first || !second) return first ?? second;
  const merged = new Map(first.map((member) => [member.name, member]));
  for (const member of second) {
    const present = merged.get(member.name);
    const value = member.value || present?.value === true;
    const inner = mergeMembers(present?.members, member.members);
    merged.set(member.name, {
      ...(present ?? member),
      value,
      type: member.type || present?.type === true,
      ...(inner && { members: inner }),
      ...((present?.openMembers || member.openMembers) && { openMembers: true as const }),
    });
  }
  return [...merged.values()];
}

function membersOf(
  { members, namespace }: DeclaredName,
  context: BlockContext,
): readonly MemberName[] | undefined {
  if (!namespace) return members;
  const ambient = context.ambient || namespace.declare;
  return nestedMember(namespace.id) ?? namespaceMembers(blockOf(namespace.body), { ...context, ambient });

  /** `namespace A.B.C { … }`: A has B. */
  function nestedMember(id: Node): MemberName[] | undefined {
    if (id.type !== 'TSQualifiedName') return undefined;
    if (id.left.type === 'TSQualifiedName') return nestedMember(id.left);
    const [outer] = declaredNames(namespace!);
    const { name, start, end } = id.right;
    const value = outer?.value ?? true;
    return [{ name, value, type: outer?.type ?? true, ...DEEPER, start, end }];
  }
}

/** `namespace A.B.C { … }`: the members of B are not listed here. */
const DEEPER = { members: [], openMembers: true } as const;
/** A member of a namespace that refers to a declaration outside of it. */
export interface AliasedMember extends MemberName {
  readonly alias?: AliasSyntax;
}

/** The names that a namespace's block exports. */
function namespaceMembers(body: readonly Node[], context: BlockContext): AliasedMember[] {
  const locals = new Map(localDeclarations(body, context).map((local) => [local.name, local]));
  const { exports, aliases = [] } = syntaxFromTree(body, context.text, context.ambient);
  const outside = new Map(aliases.filter(({ root }) => !locals.has(root)).map((one) => [one.local, one]));
  return exports.flatMap((entry): AliasedMember[] => {
    if (entry.kind !== 'local') return [];
    const { name, start, end, typeOnly } = entry;
    const local = locals.get(entry.local ?? name);
    const alias = outside.get(entry.local ?? name);
    const value = !typeOnly && (local?.value ?? true);
    const members = local?.members && {
      members: local.members,
      ...(local.openMembers && { openMembers: true as const }),
    };
    const constEnum = local?.constEnum && { constEnum: true as const };
    return [
      {
        name,
        value,
        type: local?.type ?? true,
        ...constEnum,
        ...members,
        start,
        end,
        ...(alias && { alias }),
      },
    ];
  });
}

/** `import a = B.c` with a local B: B's member c. */
function narrowAlias(merged: Map<string, LocalDeclaration>, { id, alias }: DeclaredName): void {
  const local = merged.get(id.name);
  const target = alias?.type === 'Identifier' ? merged.get(alias.name) : memberOf(merged, alias);
  if (local && target && target !== local)
    merged.set(id.name, { ...local, value: target.value, type: target.type });
}

function memberOf(
  merged: ReadonlyMap<string, LocalDeclaration>,
  alias: Node | undefined,
): MemberName | undefined {
  if (alias?.type !== 'TSQualifiedName' || alias.left.type !== 'Identifier') return undefined;
  return merged.get(alias.left.name)?.members?.find(({ name }) => name === alias.right.name);
}

export function blockOf(body: Node | null): readonly Node[] {
  return body?.type === 'TSModuleBlock' ? body.body : [];
}
