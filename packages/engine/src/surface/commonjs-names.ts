import type { CommonJsFacts } from '../model/commonjs-facts.js';
import type { ModuleRecord } from '../model/module-record.js';
import type { FilePath } from '../model/place.js';
import type { Opening } from '../model/surface.js';
import { placeOf } from './follow.js';
import type { FoundNames, Surfaces } from './surfaces.js';
import { IMPORT, REQUIRE } from './view.js';
import type { View } from './view.js';

/** All names of a CommonJS module under a view, for lists of what it offers. */
export function commonJsNames(
  surfaces: Surfaces,
  file: FilePath,
  view: View,
  visited: Set<FilePath>,
): FoundNames {
  if (view.mode === 'require') return assignedNames(surfaces, file, visited);
  const lexed = lexedNames(surfaces, file, visited);
  const { openings } = assignedNames(surfaces, file, new Set());
  return { names: new Set([...lexed.names, 'default']), openings };
}

/** What Node detects: the lexer's exports, and those of its re-exports that are CommonJS (cjsPreparseModuleExports). */
export function lexedNames(surfaces: Surfaces, file: FilePath, visited: Set<FilePath>): FoundNames {
  visited.add(file);
  const { facts } = factsOf(surfaces, file);
  const names = new Set(facts?.lexed.exports);
  for (const specifier of facts?.lexed.reexports ?? []) {
    const target = followRequire(surfaces, file, specifier);
    if (target?.format !== 'commonjs' || visited.has(target.file)) continue;
    for (const name of lexedNames(surfaces, target.file, visited).names) names.add(name);
  }
  return { names, openings: [] };
}

/** What the code assigns, copies of other modules' names included; openings where that cannot be told. */
export function assignedNames(surfaces: Surfaces, file: FilePath, visited: Set<FilePath>): FoundNames {
  visited.add(file);
  const { facts } = factsOf(surfaces, file);
  // The lexer takes what a bundle's inner modules give their own `exports` for the bundle's. Where nothing is out of sight, the
  // code tells all.
  const open = facts === undefined || facts.open.length > 0;
  const names = new Set([
    ...(open ? (facts?.lexed.exports ?? []) : []).filter((name) => !facts?.lost?.includes(name)),
    ...(facts?.assigned ?? []).map(({ name }) => name),
  ]);
  const openings: Opening[] = (facts?.open ?? []).map(({ reason, ...span }) => ({
    kind: 'opaque-exports',
    reason,
    place: placeOf(file, span),
  }));
  for (const specifier of facts?.assignedFrom ?? []) {
    const target = followRequire(surfaces, file, specifier);
    if (!target) {
      const reason = `"${specifier}" cannot be read`;
      const request = surfaces.host
        .record(file)
        ?.requests.find((candidate) => candidate.specifier === specifier);
      openings.push({
        kind: 'unresolved-star',
        reason,
        place: placeOf(file, request ?? { start: 0, end: 0 }),
      });
      continue;
    }
    if (visited.has(target.file)) continue;
    const copied =
      target.format === 'commonjs'
        ? assignedNames(surfaces, target.file, visited)
        : {
            names: surfaces.of(target.file, IMPORT).names.keys(),
            openings: surfaces.of(target.file, IMPORT).openings,
          };
    const hidden = facts?.copiedFrom?.includes(specifier) ? hiddenIn(surfaces, target.file) : undefined;
    const starred = facts?.starredFrom?.includes(specifier) === true;
    for (const name of copied.names)
      if (!hidden?.has(name) && !(starred && name === 'default')) names.add(name);
    openings.push(...copied.openings);
  }
  return { names, openings };
}

/** What a module offers that is not enumerable; `module.exports = require('x')` passes it on, a copy does not. */
function hiddenIn(surfaces: Surfaces, file: FilePath): ReadonlySet<string> {
  const { facts } = factsOf(surfaces, file);
  return new Set(facts?.assigned.filter(({ hidden }) => hidden).map(({ name }) => name));
}

export interface Followed {
  readonly file: FilePath;
  readonly format: string;
}

export function followRequire(surfaces: Surfaces, file: FilePath, specifier: string): Followed | undefined {
  const record = surfaces.host.record(file);
  const request = record?.requests.find((candidate) => candidate.specifier === specifier);
  const target = surfaces.host.follow(
    file,
    request ?? { specifier, form: 'require', start: 0, end: 0 },
    REQUIRE,
  );
  if (target.kind !== 'file') return undefined;
  const kind = surfaces.kindOf(target.file, REQUIRE);
  return kind.format === 'unreadable' ? undefined : { file: target.file, format: kind.format };
}

export function factsOf(surfaces: Surfaces, file: FilePath) {
  const record: ModuleRecord | undefined = surfaces.host.record(file);
  const facts: CommonJsFacts | undefined = record?.commonjs;
  return {
    facts,
    place: (name: string) => facts?.assigned.find((entry) => entry.name === name) ?? { start: 0, end: 0 },
  };
}
