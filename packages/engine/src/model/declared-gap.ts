import type { EntryPlace } from './demand.js';
import type { Place } from './place.js';

/** What loads the variants, if it is not Node. */
export interface DeclaredPlatform {
  /** Only bundlers for browsers get them. */
  readonly browser?: true;
  /** Only tools that set this condition get them. */
  readonly condition?: string;
}

/** A variant of an entry point, with the declarations that TypeScript reads for it. */
export interface DeclaredVariant extends DeclaredPlatform {
  readonly runtime: EntryPlace;
  readonly types: EntryPlace;
  /** What loads the variant. */
  readonly by: 'import' | 'require';
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
