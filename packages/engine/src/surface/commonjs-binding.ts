import type { CommonJsFacts } from '../model/commonjs-facts.js';
import type { FilePath } from '../model/place.js';
import type { OfferedName } from '../model/surface.js';
import type { Binding } from './binding.js';
import { NONE } from './binding.js';
import { assignedNames, factsOf, followRequire, lexedNames } from './commonjs-names.js';
import { placeOf } from './follow.js';
import type { Surfaces } from './surfaces.js';
import { REQUIRE } from './view.js';
import type { View } from './view.js';

/**
 * One name of a CommonJS module.
 *
 * Asked by `import`, Node links by what cjs-module-lexer detects, plus `default` (the whole `module.exports`) and, from
 * Node 23 on, `module.exports`. A bundler links by what the code assigns; so a name that is assigned but not detected, or
 * that may be, is unknown here: whether it breaks depends on who loads the importer.
 *
 * Asked by `require`, the module has what it assigns and what every object has.
 */
export function commonJsBinding(
  surfaces: Surfaces,
  file: FilePath,
  name: string,
  view: View,
  visited: Set<string>,
): Binding {
  const own = factsOf(surfaces, file);
  if (view.mode === 'import' && (name === 'default' || name === 'module.exports'))
    return whole(file, name, own);
  if (view.mode === 'require' && isInherited(name)) return found(file, name, own);
  const assigned = surfaces.remember(`assigned\n${file}`, () => assignedNames(surfaces, file, new Set()));
  const sure =
    view.mode === 'import'
      ? surfaces.remember(`lexed\n${file}`, () => lexedNames(surfaces, file, new Set()))
      : assigned;
  if (sure.names.has(name)) {
    const [opening] = assigned.openings;
    const gone = !assigned.names.has(name) && !opening;
    if (!assigned.names.has(name) && opening && isLost(surfaces, file, name, new Set()))
      return { kind: 'unknown', opening };
    const throws = own.facts?.assigned.some((entry) => entry.name === name && entry.throws);
    if (gone || throws || isReadFromNowhere(surfaces, file, name, visited))
      return found(file, name, own, { lost: true });
    return (
      throughReexports(surfaces, file, name, view, visited) ??
      found(file, name, own, { namespaceOf: moduleBehind(surfaces, file, name) })
    );
  }
  if (
    view.mode === 'require' &&
    name === 'default' &&
    !sure.names.has('__esModule') &&
    sure.openings.length === 0
  ) {
    // `import x from` compiled with interop: the whole module.exports stands for the default.
    return whole(file, name, own);
  }
  if (view.mode === 'import' && assigned.names.has(name)) {
    const reason = `only bundlers and require see "${name}", because Node's lexer does not detect its assignment`;
    return {
      kind: 'unknown',
      opening: { kind: 'undetected-by-node', reason, place: placeOf(file, own.place(name)) },
    };
  }
  return assigned.openings[0] ? { kind: 'unknown', opening: assigned.openings[0] } : NONE;
}

/** `toString` and kin, which `module.exports` has whatever it is. */
function isInherited(name: string): boolean {
  return name in Object.prototype || name in Function.prototype;
}

/** Whether a name was detected on an `exports` that is replaced, here or in a module whose names are passed on. */
function isLost(surfaces: Surfaces, file: FilePath, name: string, visited: Set<FilePath>): boolean {
  visited.add(file);
  const { facts } = factsOf(surfaces, file);
  if (facts?.lost?.includes(name)) return true;
  return (facts?.lexed.reexports ?? []).some((specifier) => {
    const target = followRequire(surfaces, file, specifier);
    return target !== undefined && !visited.has(target.file) && isLost(surfaces, target.file, name, visited);
  });
}

/** Whether all that a name's value is read from is sure not to be there. */
function isReadFromNowhere(surfaces: Surfaces, file: FilePath, name: string, visited: Set<string>): boolean {
  const { facts } = factsOf(surfaces, file);
  const from = facts?.assigned.find((entry) => entry.name === name)?.from;
  if (!facts || !from || facts.open.length > 0) return false;
  const copied = passedOnFrom(facts, name).map((specifier) => ({ specifier, name, copied: true }));
  return [...from, ...copied].every((read) => {
    const target = followRequire(surfaces, file, read.specifier);
    if (!target) return false;
    // What every object inherits is not copied.
    if ('copied' in read && isInherited(name))
      return !assignedNames(surfaces, target.file, new Set()).names.has(name);
    const binding = surfaces.resolve(target.file, read.name, REQUIRE, new Set(visited));
    const isGone = binding.kind === 'none' || (binding.kind === 'found' && binding.offered.lost === true);
    if ('interop' in read) return isGone && isMarked(surfaces, target.file, visited);
    // As it stands, a module is no `default` of its own.
    const isWhole = binding.kind === 'found' && binding.offered.exported === 'module.exports';
    return isGone || (isWhole && read.name === 'default');
  });
}

/** For certain marked as compiled from ES modules: helpers then give what it has as `default`, and the whole of it otherwise. */
export function isMarked(
  surfaces: Surfaces,
  file: FilePath,
  visited: ReadonlySet<string> = new Set(),
): boolean {
  return surfaces.resolve(file, '__esModule', REQUIRE, new Set(visited)).kind === 'found';
}

/** The modules whose names are passed on, this one among them. */
function passedOnFrom({ assignedFrom, starredFrom }: CommonJsFacts, name: string): readonly string[] {
  if (name !== 'default' || !starredFrom) return assignedFrom;
  return assignedFrom.filter((specifier) => !starredFrom.includes(specifier));
}

/** Follows a name to the module that declares it, so that its place is the true one. */
function throughReexports(
  surfaces: Surfaces,
  file: FilePath,
  name: string,
  view: View,
  visited: Set<string>,
): Binding | undefined {
  const { facts } = factsOf(surfaces, file);
  if (!facts || facts.lexed.exports.includes(name) || facts.assigned.some((entry) => entry.name === name))
    return undefined;
  for (const specifier of new Set([...facts.lexed.reexports, ...passedOnFrom(facts, name)])) {
    const target = followRequire(surfaces, file, specifier);
    if (!target) continue;
    const binding = surfaces.resolve(target.file, name, { phase: 'runtime', mode: view.mode }, visited);
    if (binding.kind === 'found') return binding;
  }
  return undefined;
}

/** The module that a name stands for: `exports.part = require('./part')`. */
function moduleBehind(surfaces: Surfaces, file: FilePath, name: string): FilePath | undefined {
  const assigned = factsOf(surfaces, file).facts?.assigned.find((entry) => entry.name === name);
  return assigned?.module === undefined ? undefined : followRequire(surfaces, file, assigned.module)?.file;
}

function found(
  file: FilePath,
  name: string,
  own: ReturnType<typeof factsOf>,
  {
    lost = false,
    namespaceOf,
  }: { readonly lost?: boolean; readonly namespaceOf?: FilePath | undefined } = {},
): Binding {
  const origin = placeOf(file, own.place(name));
  const offered: OfferedName = {
    name,
    value: true,
    type: false,
    origin,
    exported: name,
    ...(lost && { lost }),
    ...(namespaceOf !== undefined && { namespaceOf, namespaceMode: 'require' as const }),
  };
  return { kind: 'found', offered, id: `${file}#${name}` };
}

/** All of `module.exports`, asked by a name that stands for it. */
function whole(file: FilePath, name: string, own: ReturnType<typeof factsOf>): Binding {
  const binding = found(file, name, own);
  return binding.kind === 'found'
    ? { ...binding, offered: { ...binding.offered, exported: 'module.exports' } }
    : binding;
}
