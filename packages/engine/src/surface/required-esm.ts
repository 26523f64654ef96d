import type { FilePath } from '../model/place.js';
import type { Binding } from './binding.js';
import { esmBinding } from './esm-linking.js';
import type { Surfaces } from './surfaces.js';
import type { View } from './view.js';

/**
 * One name of an ES module that is required: of its namespace object, with Node's two additions. An export that is called
 * `module.exports` stands for the whole module, and `__esModule` is there wherever there is a default export
 * (https://nodejs.org/api/modules.html#loading-ecmascript-modules-using-require).
 */
export function requiredEsmBinding(
  surfaces: Surfaces,
  file: FilePath,
  name: string,
  view: View,
  visited: Set<string>,
): Binding {
  const whole = esmBinding(surfaces, file, 'module.exports', view, new Set(visited));
  if (whole.kind === 'found') {
    const reason = 'require returns the value that is exported as "module.exports"';
    return { kind: 'unknown', opening: { kind: 'opaque-exports', reason, place: whole.offered.origin } };
  }
  const binding = esmBinding(surfaces, file, name, view, new Set(visited));
  if (name !== '__esModule' || binding.kind !== 'none') return binding;
  return esmBinding(surfaces, file, 'default', view, visited);
}
