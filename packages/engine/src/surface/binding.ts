import type { OfferedName, UnknownFact } from '../model/surface.js';
import type { LinkError } from '../model/demand.js';
import type { Place } from '../model/place.js';

/** What one name of one module resolves to, as in ECMA-262 ResolveExport. */
export type Binding =
  /**
   * `id` is the module and the binding in it. Two ways to a name agree if their ids are equal
   * (ResolveExport, step 9.d.iii).
   */
  | { readonly kind: 'found'; readonly offered: OfferedName; readonly id: string }
  | { readonly kind: 'ambiguous'; readonly origins: readonly Place[] }
  /**
   * The module does not export the name. `broken`: it re-exports the name, but that does not
   * resolve.
   */
  | { readonly kind: 'none'; readonly broken?: LinkError }
  | { readonly kind: 'unknown'; readonly unknownFact: UnknownFact };

export const NONE: Binding = { kind: 'none' };
