import { isRecord } from '../model/is-record.js';
import type { FilePath } from '../model/place.js';
import type { Disk } from '../read/disk.js';

/** What a bundler says about one build, with its own paths. */
export interface RawContents {
  /** The kind of file, as the start of a sentence: `esbuild's metafile lists`. */
  readonly what: string;
  /** Files written. */
  readonly outputs: readonly string[];
  /** Modules whose code is in an output. */
  readonly contained: readonly string[];
  /** Modules that took part without leaving code, such as barrels. */
  readonly listed: readonly string[];
  /** False if the file lists only some modules (entries and chunks), so absence proves nothing. */
  readonly complete: boolean;
}

/** In bytes. Larger statistics need too much memory to parse. */
const LARGEST_METAFILE = 64 * 1024 * 1024;

export type ReadMetafile =
  | { readonly kind: 'contents'; readonly raw: RawContents }
  | { readonly kind: 'absent' }
  /** No JSON, or JSON that no known bundler writes. */
  | { readonly kind: 'foreign'; readonly reason: string }
  | { readonly kind: 'too-large'; readonly reason: string };

/**
 * Reads what a bundler wrote about its build. The shape of the file decides which bundler it was.
 */
export function readMetafile(disk: Disk, file: FilePath): ReadMetafile {
  if (!disk.isFile(file)) return { kind: 'absent' };
  const size = disk.sizeOf(file);
  if (size > LARGEST_METAFILE) {
    const limit = LARGEST_METAFILE / 1024 / 1024;
    return {
      kind: 'too-large',
      reason: `${file} has ${Math.round(size / 1e6)} MB, more than the ${limit} MB that are read`,
    };
  }
  let json: unknown;
  try {
    json = JSON.parse((disk.readText(file) ?? '').replace(/^\uFEFF/, ''));
  } catch {
    return { kind: 'foreign', reason: `${file} is not valid JSON` };
  }
  const raw = isObject(json) ? firstOf(READERS, (read) => read(json)) : undefined;
  if (raw) return { kind: 'contents', raw };
  return { kind: 'foreign', reason: `${file} is not what esbuild, webpack, Rspack, Rollup or Vite write` };
}

const READERS = [readEsbuildMetafile, readWebpackStats, readRollupBundle, readViteManifest];

function firstOf<In, Out>(items: readonly In[], ask: (item: In) => Out | undefined): Out | undefined {
  for (const item of items) {
    const answer = ask(item);
    if (answer !== undefined) return answer;
  }
  return undefined;
}

/**
 * Reads [esbuild's metafile](https://esbuild.github.io/api/#metafile): `outputs` by path, each with
 * the bytes that every input has in it. tsup and other tools based on esbuild write the same.
 */
function readEsbuildMetafile(json: JsonObject): RawContents | undefined {
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

/**
 * Reads [webpack's stats](https://webpack.js.org/api/stats/), which Rspack writes too. They list
 * modules, modules joined into one (`modules` of a module), and modules of child compilations. A
 * module that is in no chunk was left out.
 */
function readWebpackStats(json: JsonObject): RawContents | undefined {
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
    // The short forms of the stats leave modules out and give only their number.
    complete: !filtered,
  };
}

/** The file of a module, whose name also contains loaders and queries. */
function pathOf({ nameForCondition, identifier }: JsonObject): string | undefined {
  if (typeof nameForCondition === 'string') return nameForCondition;
  if (typeof identifier !== 'string') return undefined;
  const path = identifier.split('|')[0]!.split('!').at(-1)!.replace(/\?.*$/, '');
  return /^([/\\]|[A-Za-z]:)/.test(path) ? path : undefined;
}

function within(folder: unknown, name: string): string {
  return typeof folder === 'string' ? `${folder}/${name}` : name;
}

/**
 * Reads the [bundle of Rollup](https://rollupjs.org/plugin-development/#generatebundle) as JSON,
 * which Rolldown and Vite share: the object of `generateBundle`, or `{ output: […] }` of `write`. A
 * plugin or script writes it. Chunks list their modules by id. A module of length 0 left no code.
 */
function readRollupBundle(json: JsonObject): RawContents | undefined {
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

/**
 * Reads [Vite's manifest](https://vite.dev/config/build-options#build-manifest). It lists only the
 * sources that became a chunk of their own.
 */
function readViteManifest(json: JsonObject): RawContents | undefined {
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

type Json = null | boolean | number | string | readonly Json[] | JsonObject;
interface JsonObject {
  readonly [key: string]: Json | undefined;
}

function isObject(value: unknown): value is JsonObject {
  return isRecord(value);
}

function objectsIn(value: unknown): readonly JsonObject[] {
  return Array.isArray(value) ? value.filter(isObject) : [];
}
