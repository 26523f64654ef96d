import type { ExportEntry } from '../model/module-record.js';
import { placeOf } from '../model/place.js';
import type { FilePath, Place } from '../model/place.js';
import type { Surfaces } from '../surface/surfaces.js';
import type { View } from '../surface/view.js';

/** One file on the way from an entry point to the declaration of a name. */
export interface ChainLink {
  readonly place: Place;
  /** What the file does with the name, as code: `export { a } from './a.js'`. */
  readonly text: string;
}

/** A longer chain is a cycle, or helps no one. */
const LONGEST = 64;

/**
 * The files through which a name reaches an entry file, the entry first and the declaration last.
 * Empty if the file does not export the name.
 */
export function nameChain(
  surfaces: Surfaces,
  entry: FilePath,
  wanted: string,
  entryView: View,
): readonly ChainLink[] {
  const chain: ChainLink[] = [];
  let [file, name, view]: readonly [FilePath, string, View] = [entry, wanted, entryView];
  while (chain.length < LONGEST) {
    const bound = surfaces.binding(file, name, view);
    if (bound.kind !== 'found') break;
    const record = surfaces.host.record(file);
    const passed = record && passing(surfaces, file, name, view);
    if (!record || !passed) {
      const { origin } = bound.offered;
      chain.push({ place: origin, text: `declares ${name}` });
      break;
    }
    const { entry: found, next } = passed;
    const { specifier } = record.requests[found.request]!;
    chain.push({ place: placeOf(file, found), text: codeOf(found, specifier) });
    if (!next) break;
    [file, name, view] = [next.file, next.name, next.view];
  }
  return chain;
}

type Passing = Extract<ExportEntry, { readonly kind: 'indirect' | 'namespace' | 'star' }>;

interface Passed {
  readonly entry: Passing;
  /** Absent if the statement passes on a whole module, or what it names cannot be followed. */
  readonly next?: { readonly file: FilePath; readonly name: string; readonly view: View };
}

/** The statement of a file that passes a name on; undefined if the file declares the name itself. */
function passing(surfaces: Surfaces, file: FilePath, name: string, view: View): Passed | undefined {
  const { host } = surfaces;
  const { exports, requests } = host.record(file)!;
  const own = exports.find(
    (entry) => entry.kind !== 'star' && entry.kind !== 'assignment' && entry.name === name,
  );
  if (own?.kind === 'namespace') return { entry: own };
  if (own?.kind === 'indirect') {
    const target = host.follow(file, requests[own.request]!, view);
    if (target.kind !== 'file') return { entry: own };
    return { entry: own, next: { file: target.file, view: target.view, name: own.importName } };
  }
  if (own) return undefined;
  for (const entry of exports) {
    if (entry.kind !== 'star') continue;
    const target = host.follow(file, requests[entry.request]!, view);
    if (target.kind !== 'file') continue;
    if (surfaces.binding(target.file, name, target.view).kind === 'found')
      return { entry, next: { file: target.file, view: target.view, name } };
  }
  return undefined;
}

function codeOf(entry: Passing, specifier: string): string {
  const type = entry.typeOnly ? 'type ' : '';
  if (entry.kind === 'star') return `export ${type}* from '${specifier}'`;
  if (entry.kind === 'namespace') return `export ${type}* as ${entry.name} from '${specifier}'`;
  const names = entry.importName === entry.name ? entry.name : `${entry.importName} as ${entry.name}`;
  return `export ${type}{ ${names} } from '${specifier}'`;
}
