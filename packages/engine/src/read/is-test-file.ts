import type { FilePath } from '../model/place.js';

/**
 * Whether a file's name or folder says that it is a test, a story or a benchmark, which no package
 * ships.
 */
export function isTestFile(file: FilePath): boolean {
  return /(^|\/)(__tests__|tests?|e2e)\/|\.(test|spec|e2e|stories|bench)\.[^/]+$/.test(file);
}
