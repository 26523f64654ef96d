import type { Place } from './place.js';

export interface SourceDeclaration {
  readonly place: Place;
  /** Marked `export` in its own file. */
  readonly exported: boolean;
  readonly kind: 'type' | 'value';
}
