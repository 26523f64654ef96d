import type { FilePath } from '../model/place.js';
import type { Surfaces } from './surfaces.js';
import type { View } from './view.js';

/**
 * Whether declarations that do not say `default` have one all the same, because the module itself stands for it (TypeScript's
 * `canHaveSyntheticDefault`): a CommonJS module's, and any module's that an import statement asks which becomes a `require`
 * with interop.
 *
 * @param file the declarations
 */
export function hasSyntheticDefault(surfaces: Surfaces, file: FilePath, view: View): boolean {
  const record = surfaces.host.record(file);
  // A script is no module at all (TS2306).
  if (!record || (!record.hasModuleSyntax && record.exports.length === 0)) return false;
  if (surfaces.host.formatOf(file, record) === 'commonjs') return true;
  return view.mode === 'require' && surfaces.binding(file, '__esModule', view).kind === 'none';
}
