import type { Span } from './place.js';

/** A file that code refers to by a path that its text shows. */
export interface FileReference extends Span {
  /**
   * `worker`: a script that runs on its own; `url`: the location of a file, for any purpose;
   * `file`: read from disk; `program`: a script that another process or Node's loader runs; `path`:
   * handed to a library or framework, which loads it; `glob`: a module with a partly computed path;
   * `chunk`: in a bundler's table of files that are loaded as well; `source-map`.
   */
  readonly kind: 'worker' | 'url' | 'file' | 'program' | 'path' | 'glob' | 'chunk' | 'source-map';
  /** In a glob, `*` replaces each computed part. */
  readonly path: string;
  /**
   * The start of the path: the folder of this file; the folder that the web server offers as `/`;
   * the page that loads the script, which for Node is its working directory.
   */
  readonly base: 'module' | 'site' | 'document';
  /** A plain string. Its purpose is known only if a page loads the script. */
  readonly literal?: true;
  /** A service worker: pages register it by the URL under which the site has it. */
  readonly served?: true;
  /** As in requests. */
  readonly guarded: boolean;
  readonly deferred?: true;
  readonly conditional?: true;
}

/**
 * What the runtime of webpack or a similar bundler knows about chunks, and which chunks the code of
 * a file loads.
 */
export interface ChunkFacts {
  /** Ids of chunks that are loaded: `__webpack_require__.e(12)`. */
  readonly asked: readonly ({ readonly id: string; readonly worker?: true } & Span)[];
  /**
   * File names of chunks by id, as the runtime's functions compute them (`u` for scripts, `k` and
   * `miniCssF` for styles).
   */
  readonly scripts?: ChunkNames;
  readonly styles?: ChunkNames & {
    /**
     * A pattern for the ids of chunks with styles, as webpack writes it; `except`: for those
     * without.
     */
    readonly of: string;
    readonly except?: true;
  };
  /** Files that are named relative to the public path: `__webpack_require__.p + 'x.png'`. */
  readonly assets: readonly ({ readonly path: string } & Span)[];
}

export interface ChunkNames extends Span {
  /** Parts of the name; the id is looked up in a table. */
  readonly parts: readonly (
    string | { readonly table: Readonly<Record<string, string>> | 'id'; readonly orId?: true }
  )[];
  /** Ids whose names follow no pattern. */
  readonly special: Readonly<Record<string, string>>;
}
