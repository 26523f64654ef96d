import type { OfferedName, Opening } from '../model/surface.js';
import type { LinkError } from '../model/demand.js';
import type { Place } from '../model/place.js';

/** What one name of one module comes to, in the manner of ECMA-262 ResolveExport. */
export type Binding =
  /** `id` is the module and the binding in it: two ways to one name agree when their ids do (ResolveExport, step 9.d.iii). */
  | { readonly kind: 'found'; readonly offered: OfferedName; readonly id: string }
  | { readonly kind: 'ambiguous'; readonly origins: readonly Place[] }
  /** The module does not export the name; `broken` when it tries to and the re-export leads nowhere. */
  | { readonly kind: 'none'; readonly broken?: LinkError }
  | { readonly kind: 'unknown'; readonly opening: Opening };

export const NONE: Binding = { kind: 'none' };
