import type { Place } from './place.js';

export interface SourceDeclaration {
  readonly place: Place;
  /** Marked `export` in its own file. */
  readonly exported: boolean;
  readonly kind: 'type' | 'value';
  /** Written with `declare`: the author says that the value comes from elsewhere, or that only its type matters. */
  readonly ambient?: true;
}
