import { isObject, objectsIn } from './raw-contents.js';
import type { JsonObject, RawContents } from './raw-contents.js';

/**
 * Reads [webpack's stats](https://webpack.js.org/api/stats/), which Rspack writes too: modules, those joined into one
 * (`modules` of a module) included, those of child compilations, too. A module that is in no chunk was left out.
 */
export function readWebpackStats(json: JsonObject): RawContents | undefined {
  const compilations = [json, ...objectsIn(json['children'])];
  const listings = compilations.flatMap(({ modules, chunks }) => [
    ...objectsIn(modules),
    ...objectsIn(chunks).flatMap((chunk) => objectsIn(chunk['modules'])),
  ]);
  if (listings.length === 0 || !listings.some((module) => 'identifier' in module && 'chunks' in module))
    return undefined;
  const contained = new Set<string>();
  const nested = (module: JsonObject): void => {
    const path = pathOf(module);
    if (path !== undefined) contained.add(path);
    for (const inner of objectsIn(module['modules'])) nested(inner);
  };
  for (const module of listings) {
    const chunks = module['chunks'];
    if (Array.isArray(chunks) && chunks.length > 0) nested(module);
  }
  const assets = compilations.flatMap(({ assets: found, outputPath }) =>
    objectsIn(found).flatMap(({ name }) => (typeof name === 'string' ? within(outputPath, name) : [])),
  );
  const filtered = compilations.some(({ filteredModules }) => Number(filteredModules ?? 0) > 0);
  return {
    what: isObject(json) && 'rspackVersion' in json ? "Rspack's stats list" : "webpack's stats list",
    outputs: assets,
    contained: [...contained],
    listed: [],
    // The short forms of the stats leave modules out and say how many.
    complete: !filtered,
  };
}

/** The file behind a module: loaders and queries are part of its name. */
function pathOf({ nameForCondition, identifier }: JsonObject): string | undefined {
  if (typeof nameForCondition === 'string') return nameForCondition;
  if (typeof identifier !== 'string') return undefined;
  const path = identifier.split('|')[0]!.split('!').at(-1)!.replace(/\?.*$/, '');
  return /^([/\\]|[A-Za-z]:)/.test(path) ? path : undefined;
}

function within(folder: unknown, name: string): string {
  return typeof folder === 'string' ? `${folder}/${name}` : name;
}
