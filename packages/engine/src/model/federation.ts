import type { Span } from './place.js';

/** What a bundler's configuration says about module federation. */
export interface FederationConfig {
  /** The name of the container. */
  readonly name?: string;
  /** The names that sources import from, each with the name of the container that it means. */
  readonly remotes: readonly { readonly name: string; readonly container: string }[];
  /** What others can import, as written: `./Module`. */
  readonly exposes: readonly { readonly key: string; readonly path?: string }[];
  /** The text of `exposes`; absent if there is none. */
  readonly exposesAt?: Span;
  /** Parts of `exposes` are computed, so there may be more. */
  readonly open: boolean;
}
