import { isObject } from './raw-contents.js';
import type { JsonObject, RawContents } from './raw-contents.js';

/**
 * Reads [Vite's manifest](https://vite.dev/config/build-options#build-manifest): the sources that became a chunk of their own, not
 * what else is in the chunks.
 */
export function readViteManifest(json: JsonObject): RawContents | undefined {
  const entries = Object.entries(json);
  const chunks = entries.filter(([, value]) => isObject(value) && typeof value['file'] === 'string');
  if (entries.length === 0 || chunks.length < entries.length) return undefined;
  const known = chunks.flatMap(([, value]) => {
    const { src, isEntry, isDynamicEntry } = value as JsonObject;
    return typeof src === 'string' && (isEntry === true || isDynamicEntry === true) ? [src] : [];
  });
  return {
    what: "Vite's manifest lists",
    outputs: [],
    contained: known,
    listed: known,
    complete: false,
  };
}
