import type { Mode } from '../model/demand.js';

/** How a file is loaded: at run time or for its types, by `import` or by `require`. */
export interface View {
  readonly phase: 'runtime' | 'types';
  readonly mode: Mode;
  /**
   * The specifier whose `declare module` block is meant, in a declaration file that is no module itself. One such file may declare
   * several entry points.
   */
  readonly ambient?: string;
  /** Types under node16 or later: an ES module finds no relative file by a path without extension. */
  readonly nodenext?: true;
}

export const IMPORT: View = { phase: 'runtime', mode: 'import' };
export const REQUIRE: View = { phase: 'runtime', mode: 'require' };

/** A short key for memo tables. */
export function keyOfView(view: View): string {
  if (view.phase !== 'types') return view.mode;
  if (!view.nodenext && view.ambient === undefined)
    return view.mode === 'import' ? 'types import' : 'types require';
  return `types ${view.mode}${view.nodenext ? ' nodenext' : ''}${view.ambient === undefined ? '' : ` ${view.ambient}`}`;
}
