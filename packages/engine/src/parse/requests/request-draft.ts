import type { ModuleRequest, RequestedName, RequestForm } from '../../model/module-record.js';
import type { Span } from '../../model/place.js';
import type { ReadAt } from './namespace-uses.js';

/** A request under construction. */
export interface RequestDraft extends Span {
  readonly specifier: string;
  readonly form: RequestForm;
  typeOnly: boolean;
  guarded: boolean;
  deferred?: true;
  conditional?: true;
  base?: string;
  replaced?: true;
  virtual?: true;
  names: RequestedName[];
  namespace?: 'members' | 'escapes';
  /**
   * Members that the code tests for before it reads them. Nowhere in the file they have to exist.
   */
  tested?: ReadonlySet<string>;
  /** The places that read members, while the tree is available. */
  reads?: readonly ReadAt[];
}

/** A request for a module that only has to load, until more is known. */
export function requestDraft(specifier: string, form: RequestForm, span: Span): RequestDraft {
  return { specifier, form, typeOnly: false, guarded: false, names: [], start: span.start, end: span.end };
}

/**
 * Turns drafts into requests, in the order of the text. Of several reads of one name, the firmest
 * is used, for values and types separately. A member that is tested for anywhere in the file is
 * optional everywhere in it.
 *
 * @param declaration everything in a declaration file is only a type
 */
export function finishRequests(drafts: readonly RequestDraft[], declaration: boolean): ModuleRequest[] {
  const tested = new Map<string, Set<string>>();
  for (const { specifier, tested: names } of drafts) {
    if (!names?.size) continue;
    tested.set(specifier, new Set([...(tested.get(specifier) ?? []), ...names]));
  }
  return [...drafts]
    .sort((a, b) => a.start - b.start)
    .map((draft) => finishRequest(draft, declaration, tested.get(draft.specifier)));
}

/** Of two reads of a name, the one that fails earlier if the name is absent. */
function firmness({ optional, plain }: RequestedName): number {
  if (optional) return 0;
  return plain ? 1 : 2;
}

function finishRequest(
  draft: RequestDraft,
  declaration: boolean,
  tested: ReadonlySet<string> | undefined,
): ModuleRequest {
  const { specifier, form, names, start, end } = draft;
  const finished = new Map<string, RequestedName>();
  for (const asked of inOrder(names)) {
    const read = asked.via === 'member' || asked.via === 'destructured';
    let name = declaration && !asked.typeOnly ? { ...asked, typeOnly: true } : asked;
    if (read && tested?.has(asked.name)) name = { ...name, optional: true };
    const key = `${name.typeOnly ? 'type' : 'value'} ${name.name}`;
    const present = finished.get(key);
    if (!present || firmness(name) > firmness(present)) finished.set(key, name);
  }
  // Literals with all properties take less memory than spreads.
  const request: Writable<ModuleRequest> = {
    specifier,
    form,
    typeOnly: draft.typeOnly || declaration,
    guarded: draft.guarded,
    names: inOrder([...finished.values()]),
    start,
    end,
  };
  if (draft.deferred) request.deferred = true;
  if (draft.conditional) request.conditional = true;
  if (draft.base !== undefined) request.base = draft.base;
  if (draft.replaced) request.replaced = true;
  if (draft.virtual) request.virtual = true;
  if (draft.namespace) request.namespace = draft.namespace;
  return request;
}

type Writable<T> = { -readonly [K in keyof T]: T[K] };

function inOrder(names: readonly RequestedName[]): readonly RequestedName[] {
  return names.length > 1 ? names.toSorted((a, b) => a.start - b.start) : names;
}
