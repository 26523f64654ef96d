import type { Span } from '../model/place.js';

/** A URL as it stands in markup or styles. */
export interface WrittenUrl extends Span {
  readonly url: string;
  /** `module`: a script that imports others; `style`: a style sheet; `asset`: whatever is only fetched. */
  readonly use: 'module' | 'style' | 'asset';
  /** Where it is not there, another one is taken, or nothing fails that a user would see. */
  readonly soft?: true;
}

/** Leads out of the output: another scheme or host, a place on the same page, a placeholder that is filled in later. */
export function isElsewhere(url: string): boolean {
  return url === '' || /^[a-z][a-z\d+.-]*:|^\/\/|^#|^\?|[{}<>%]{2}|\$\{|^%[A-Z_]+%|^@|^~/i.test(url);
}
