import type { Node } from 'oxc-parser';
import type { MemberRead } from '../model/module-record.js';
import { NamespaceUses } from './requests/namespace-uses.js';
import type { ReadAt } from './requests/namespace-uses.js';
import type { RequestDraft } from './requests/request-draft.js';
import type { StaticRequest } from './exports/module-syntax.js';
import type { TreeIndex } from './tree/tree-index.js';

/** The members that a module reads from each imported name, by `memberReadsKey`. */
export type MemberReads = ReadonlyMap<string, readonly MemberRead[]>;

/** The key of a name in a request; the start of its specifier identifies a request. */
export function memberReadsKey(specifierStart: number, name: string): string {
  return `${specifierStart} ${name}`;
}

/** Namespaces are rarely nested deeper. */
const DEEPEST = 3;

/**
 * The members that a module reads from its imports: `Color.red` of a named import, `lib.a` of a
 * default import, `ns.part.a` of a namespace.
 *
 * @param statics import statements, for the names they bind
 * @param drafts requests with the places that read members of their namespaces
 */
export function memberReads(
  index: TreeIndex,
  statics: readonly StaticRequest[],
  drafts: readonly RequestDraft[],
): MemberReads {
  const reads = new Map<string, MemberRead[]>();
  const note = (start: number, name: string, found: readonly MemberRead[]): void => {
    if (found.length === 0) return;
    const key = memberReadsKey(start, name);
    reads.set(key, [...(reads.get(key) ?? []), ...found]);
  };
  for (const { bindings, start } of statics) {
    for (const binding of bindings) {
      if (binding.imported === undefined) continue;
      const id = index.bindingAt(binding.start)?.sites.find((site) => site.id.start === binding.start)?.id;
      if (!id) continue;
      const uses = new NamespaceUses(index);
      uses.binding(id);
      note(start, binding.imported, below(uses, index, []));
    }
  }
  for (const { reads: places, start, tested } of drafts) {
    for (const { asked, at } of places ?? []) {
      if (asked.optional || tested?.has(asked.name)) continue;
      note(start, asked.name, of(at, index, []));
    }
  }
  return reads;
}

/** What is read from a node's value, or from the variables that a pattern assigns it to. */
function of(at: Node, index: TreeIndex, above: readonly string[]): readonly MemberRead[] {
  const uses = new NamespaceUses(index);
  if (at.type === 'ObjectPattern' || at.type === 'Identifier') uses.pattern(at, undefined);
  else if (at.type !== 'AssignmentPattern') uses.value(at);
  return below(uses, index, above);
}

function below(uses: NamespaceUses, index: TreeIndex, above: readonly string[]): readonly MemberRead[] {
  return uses.reads.flatMap(({ asked, at }: ReadAt): readonly MemberRead[] => {
    if (asked.optional || uses.tested.has(asked.name)) return [];
    const path = [...above, asked.name];
    const { typeOnly, plain, start, end } = asked;
    const read = { path, typeOnly, ...(plain && { plain }), start, end };
    return path.length < DEEPEST ? [read, ...of(at, index, path)] : [read];
  });
}
