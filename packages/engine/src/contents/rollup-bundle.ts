import { isObject, objectsIn } from './raw-contents.js';
import type { JsonObject, RawContents } from './raw-contents.js';

/**
 * Reads the [bundle of Rollup](https://rollupjs.org/plugin-development/#generatebundle), which Rolldown and Vite share, as a
 * plugin or script writes it to JSON: the object of `generateBundle`, or `{ output: […] }` of `write`. Chunks list the modules
 * in them by id; a module of no length left no code.
 */
export function readRollupBundle(json: JsonObject): RawContents | undefined {
  const outputs = Array.isArray(json['output'])
    ? objectsIn(json['output'])
    : Object.values(json).filter(isObject);
  const chunks = outputs.filter(({ type, modules }) => type === 'chunk' && isObject(modules));
  if (chunks.length === 0) return undefined;
  const contained: string[] = [];
  const listed: string[] = [];
  for (const { modules } of chunks) {
    for (const [id, module] of Object.entries(modules as JsonObject)) {
      if (id.startsWith('\0')) continue;
      const path = id.replace(/\?.*$/, '');
      (isObject(module) && module['renderedLength'] === 0 ? listed : contained).push(path);
    }
  }
  const names = outputs.flatMap(({ fileName }) => (typeof fileName === 'string' ? fileName : []));
  return { what: "the bundler's chunks have", outputs: names, contained, listed, complete: true };
}
