import type { EntryPlace } from './demand.js';
import type { Place } from './place.js';

/** A variant of an entry point, with the declarations that TypeScript reads for it. */
export interface DeclaredVariant {
  readonly runtime: EntryPlace;
  readonly types: EntryPlace;
  /** What loads the variant. */
  readonly by: 'import' | 'require';
  /** Only bundlers for browsers get it. */
  readonly browser?: true;
}

/** Values that declarations promise and the JavaScript of the same entry points does not export. */
export interface DeclaredGap {
  readonly names: readonly { readonly name: string; readonly declared: Place }[];
  /** Where they are missing. */
  readonly variants: readonly [DeclaredVariant, ...DeclaredVariant[]];
  /** The same declarations are right for another variant, which has the names at run time. */
  readonly exportedBy?: EntryPlace;
  /** The variant for browsers has the names; only the one for Node lacks them. */
  readonly onBrowsers?: true;
}
