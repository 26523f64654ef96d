import type { FilePath } from '../model/place.js';
import type { Linker } from './link-step.js';
import type { View } from './view.js';

/**
 * Whether declarations without a `default` have one all the same, because the module itself is the
 * default (TypeScript's `canHaveSyntheticDefault`). CommonJS modules have one, and so has any
 * module that an import statement loads if the compiler turns the statement into a `require` with
 * interop.
 *
 * @param file the declarations
 */
export function hasSyntheticDefault(linker: Linker, file: FilePath, view: View): boolean {
  const record = linker.host.record(file);
  // A script is no module at all (TS2306).
  if (!record || (!record.hasModuleSyntax && record.exports.length === 0)) return false;
  if (linker.host.formatOf(file, record) === 'commonjs') return true;
  return view.mode === 'require' && linker.binding(file, '__esModule', view).kind === 'none';
}
