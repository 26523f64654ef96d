import type { Mode } from '../model/demand.js';

/** How a file is loaded: at run time or for its types, by `import` or by `require`. */
export interface View {
  readonly phase: 'runtime' | 'types';
  readonly mode: Mode;
}

export const IMPORT: View = { phase: 'runtime', mode: 'import' };
export const REQUIRE: View = { phase: 'runtime', mode: 'require' };

/** A short key for memo tables. */
export function keyOfView(view: View): string {
  return view.phase === 'types' ? `types ${view.mode}` : view.mode;
}
