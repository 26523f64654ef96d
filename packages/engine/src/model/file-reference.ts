import type { Span } from './place.js';

/** A file that code refers to by a path that can be told from the text. */
export interface FileReference extends Span {
  /**
   * `worker`: a script that runs on its own; `url`: where a file is, for whatever purpose; `file`: read from disk; `glob`: a module
   * whose path is computed in part; `program`: a script that another process or Node's loader runs; `path`: handed to a library or
   * framework, which loads it; `chunk`: in a bundler's table of files to load along; `source-map`.
   */
  readonly kind: 'worker' | 'url' | 'file' | 'program' | 'path' | 'glob' | 'chunk' | 'source-map';
  /** `*` stands for what is computed in a glob. */
  readonly path: string;
  /**
   * What the path starts from: the folder of this file; the folder that is served as `/`; the page that loads the script,
   * for which Node has its working directory.
   */
  readonly base: 'module' | 'site' | 'document';
  /** A string alone: what it is for is known only where a page loads the script. */
  readonly literal?: true;
  /** A service worker: pages register it by the URL under which the site has it. */
  readonly served?: true;
  /** As in requests. */
  readonly guarded: boolean;
  readonly deferred?: true;
  readonly conditional?: true;
}

/** What the runtime of webpack and its kin knows of chunks, and which chunks the code of a file asks for. */
export interface ChunkFacts {
  /** Ids of chunks that are loaded: `__webpack_require__.e(12)`. */
  readonly asked: readonly ({ readonly id: string; readonly worker?: true } & Span)[];
  /** File names of chunks by id, as the runtime's functions (`u` for scripts, `k` and `miniCssF` for styles) compute them. */
  readonly scripts?: ChunkNames;
  readonly styles?: ChunkNames & {
    /** A pattern for the ids of chunks with styles, as webpack writes it; `except`: of those without. */
    readonly of: string;
    readonly except?: true;
  };
  /** Files that are named relative to the public path: `__webpack_require__.p + 'x.png'`. */
  readonly assets: readonly ({ readonly path: string } & Span)[];
}

export interface ChunkNames extends Span {
  /** Parts of the name; a table is looked up by the id. */
  readonly parts: readonly (
    string | { readonly table: Readonly<Record<string, string>> | 'id'; readonly orId?: true }
  )[];
  /** Ids whose names follow no pattern. */
  readonly special: Readonly<Record<string, string>>;
}
