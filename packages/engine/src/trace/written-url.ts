import type { Span } from '../model/place.js';

/** A URL as written in markup or styles. */
export interface WrittenUrl extends Span {
  readonly url: string;
  /**
   * `module`: a script that imports others; `style`: a style sheet; `asset`: a file that is only
   * fetched.
   */
  readonly use: 'module' | 'style' | 'asset';
  /** If it is missing, another one is used, or a user sees no failure. */
  readonly soft?: true;
}

/**
 * It is outside of the output: another scheme or host, a place on the same page, or a placeholder
 * that is filled in later.
 */
export function isElsewhere(url: string): boolean {
  return url === '' || /^[a-z][a-z\d+.-]*:|^\/\/|^#|^\?|[{}<>%]{2}|\$\{|^%[A-Z_]+%|^@|^~/i.test(url);
}
