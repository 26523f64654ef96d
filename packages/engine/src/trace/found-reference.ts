import type { Reference } from '../model/bundle-trace.js';
import type { LeftAlias } from '../model/left-alias.js';
import type { FilePath } from '../model/place.js';
import type { UnknownFact } from '../model/surface.js';

/** One reference of a file, and its target. */
export type FoundReference =
  | { readonly outcome: 'file'; readonly reference: Reference; readonly file: FilePath }
  | {
      readonly outcome: 'missing';
      readonly reference: Reference;
      readonly target: FilePath;
      readonly near: readonly FilePath[];
      /** The module exists and its declarations do not. */
      readonly untyped?: true;
      readonly fromSite?: true;
    }
  | {
      readonly outcome: 'external';
      readonly reference: Reference;
      readonly packageName: string;
      readonly project?: string;
      readonly typesFrom?: string;
    }
  | { readonly outcome: 'left-alias'; readonly reference: Reference; readonly alias: LeftAlias }
  | { readonly outcome: 'unknown'; readonly unknownFact: UnknownFact };
