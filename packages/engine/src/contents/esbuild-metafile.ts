import { isObject } from './raw-contents.js';
import type { JsonObject, RawContents } from './raw-contents.js';

/**
 * Reads [esbuild's metafile](https://esbuild.github.io/api/#metafile): `outputs` by path, each with the bytes that every input
 * has in it. tsup and other tools on top of esbuild write the same.
 */
export function readEsbuildMetafile(json: JsonObject): RawContents | undefined {
  const { inputs, outputs } = json;
  if (!isObject(inputs) || !isObject(outputs)) return undefined;
  const contained: string[] = [];
  const listed: string[] = [];
  for (const output of Object.values(outputs)) {
    if (!isObject(output) || !isObject(output['inputs'])) return undefined;
    if (typeof output['entryPoint'] === 'string') listed.push(output['entryPoint']);
    for (const [path, input] of Object.entries(output['inputs'])) {
      const bytes = isObject(input) ? input['bytesInOutput'] : undefined;
      (bytes === 0 ? listed : contained).push(path);
    }
  }
  return {
    what: "esbuild's metafile lists",
    outputs: Object.keys(outputs),
    contained,
    listed,
    complete: true,
  };
}
