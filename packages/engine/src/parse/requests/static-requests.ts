import type { StaticRequest } from '../exports/module-syntax.js';
import type { TreeIndex } from '../tree/tree-index.js';
import { NamespaceUses } from './namespace-uses.js';
import type { RequestDraft } from './request-draft.js';
import { requestDraft } from './request-draft.js';

/**
 * The requests of import and export statements.
 *
 * @param index the tree, for the members read from namespace imports; without it there must be none
 */
export function staticRequests(
  requests: readonly StaticRequest[],
  index: TreeIndex | undefined,
): RequestDraft[] {
  return requests.map((request) => {
    const draft = requestDraft(request.specifier, request.form, request);
    draft.typeOnly = request.typeOnly;
    draft.names = [...request.names];
    if (request.passesNamespace) draft.namespace = 'escapes';
    for (const { imported, start } of request.bindings) {
      if (imported !== undefined) continue;
      const id = index?.bindingAt(start)?.sites.find((site) => site.id.start === start)?.id;
      const uses = index && new NamespaceUses(index);
      if (id) uses?.binding(id);
      applyUses(draft, uses);
    }
    return draft;
  });
}

/** Adds the uses of its namespace to a request. Without them, the namespace counts as passed on. */
export function applyUses(draft: RequestDraft, uses: NamespaceUses | undefined): void {
  if (!uses) {
    draft.namespace = 'escapes';
    return;
  }
  draft.names.push(...uses.names);
  draft.reads = [...(draft.reads ?? []), ...uses.reads];
  draft.tested = uses.tested;
  if (uses.bound) draft.namespace = uses.escapes ? 'escapes' : 'members';
}
