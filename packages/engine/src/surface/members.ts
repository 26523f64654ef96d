import type { MemberName, ModuleRecord } from '../model/module-record.js';
import { placeOf } from '../model/place.js';
import type { FilePath, Place } from '../model/place.js';
import type { OfferedName } from '../model/surface.js';
import { isAddedElsewhere } from './added-elsewhere.js';
import { isMarked } from './commonjs-binding.js';
import { assignmentOf } from './assignment-binding.js';
import type { Linker } from './link-step.js';
import { localsOf } from './own-exports.js';
import type { View } from './view.js';
import { REQUIRE } from './view.js';

/** What is known about a member of an exported name. */
export type MemberLook =
  /** `inlined`: a member of a const enum, which needs nothing at run time. */
  | { readonly kind: 'has'; readonly value: boolean; readonly type: boolean; readonly inlined?: true }
  /** `owner` is the place that declares the name without this member. */
  | {
      readonly kind: 'lacks';
      readonly names: readonly string[];
      readonly owner: Place;
      /** The sources of two conflicting `export *`. */
      readonly origins?: readonly Place[];
    }
  | { readonly kind: 'unknown' };

const UNKNOWN: MemberLook = { kind: 'unknown' };

/**
 * Looks for a member of an exported name. The name may be a namespace (`export * as part`), a
 * TypeScript namespace or enum as declared, the object that JavaScript creates for them, or all of
 * `module.exports`.
 *
 * @param path the members' names, from the exported name on
 */
export function memberOf(
  linker: Linker,
  offered: OfferedName,
  path: readonly string[],
  view: View,
): MemberLook {
  const [name, ...deeper] = path;
  if (name === undefined) return { kind: 'has', value: offered.value, type: offered.type };
  const inner = { phase: view.phase, mode: offered.namespaceMode ?? view.mode };
  const inherits =
    offered.namespaceOf === undefined || !isNamespaceObject(linker, offered.namespaceOf, inner);
  // Every object and function has these.
  if ((inherits && (name in Object.prototype || name in Function.prototype)) || /^\d/.test(name))
    return UNKNOWN;
  if (offered.namespaceOf !== undefined) return ofNamespace(linker, offered, name, deeper, inner);
  const record = linker.host.record(offered.origin.file);
  if (!record) return UNKNOWN;
  const typed = record.language === 'dts' || record.language === 'ts' || record.language === 'tsx';
  if (typed) return ofDeclaration(record, offered, name, deeper);
  return deeper.length > 0 && offered.exported !== 'module.exports'
    ? UNKNOWN
    : ofValue(linker, offered, name, deeper);
}

/**
 * A module's namespace object, which inherits nothing (ECMA-262). For TypeScript it is an ordinary
 * object.
 */
function isNamespaceObject(linker: Linker, file: FilePath, view: View): boolean {
  if (view.phase === 'types') return false;
  return view.mode === 'import' || linker.kindOf(file, view).format === 'esm';
}

/** Whether the name can have members at all. This is cheaper than looking for one. */
export function mayHaveMembers(linker: Linker, offered: OfferedName): boolean {
  if (offered.namespaceOf !== undefined || offered.exported === 'module.exports') return true;
  const record = linker.host.record(offered.origin.file);
  return record !== undefined && declaredMembers(record, offered) !== undefined;
}

function ofNamespace(
  linker: Linker,
  offered: OfferedName,
  name: string,
  deeper: readonly string[],
  view: View,
): MemberLook {
  const file = offered.namespaceOf!;
  const binding = linker.binding(file, name, view);
  if (binding.kind === 'found') {
    if (offered.namespaceDefault === 'own' && isGivenByHelper(linker, binding.offered, name))
      return lacking(linker, file, view);
    if (binding.offered.lost) return lacking(linker, file, view);
    if (deeper.length > 0) return memberOf(linker, binding.offered, deeper, view);
    return has(binding.offered);
  }
  // Compiler settings decide which modules have a `default` in types, and helpers do so if a module
  // is required.
  const made =
    name === 'default' &&
    (view.phase === 'types' || (view.mode === 'require' && !hasOwnDefaultOnly(linker, offered)));
  // The namespace leaves out a name that two `export *` provide: ECMA-262, GetModuleNamespace.
  if (binding.kind === 'ambiguous' && isNamespaceObject(linker, file, view))
    return { ...lacking(linker, file, view), origins: binding.origins };
  if (binding.kind !== 'none' || binding.broken || made) return UNKNOWN;
  return lacking(linker, file, view);
}

/** Whether no helper gives the namespace of a module a `default`. */
function hasOwnDefaultOnly(linker: Linker, { namespaceOf, namespaceDefault }: OfferedName): boolean {
  return namespaceDefault === 'own' || (namespaceDefault === 'marked' && isMarked(linker, namespaceOf!));
}

/** Only a helper gives a required module a `default` that it does not export. A plain read gets none. */
function isGivenByHelper(linker: Linker, { exported, origin }: OfferedName, name: string): boolean {
  return name === 'default' && exported === 'module.exports' && !isAddedElsewhere(linker, origin.file, name);
}

function lacking(linker: Linker, file: FilePath, view: View): MemberLook & { kind: 'lacks' } {
  const names = [...linker.of(file, view).names.values()].flatMap(({ name, lost }) => (lost ? [] : name));
  return { kind: 'lacks', names, owner: { file, start: 0, end: 0 } };
}

function ofDeclaration(
  record: ModuleRecord,
  offered: OfferedName,
  name: string,
  deeper: readonly string[],
): MemberLook {
  let owner = declaredMembers(record, offered);
  let found: MemberName | undefined;
  for (const step of [name, ...deeper]) {
    if (!owner) return UNKNOWN;
    found = owner.members.find((member) => member.name === step);
    if (!found && owner.open) return UNKNOWN;
    if (!found) {
      const names = owner.members.map((member) => member.name);
      return { kind: 'lacks', names, owner: placeOf(offered.origin.file, owner.at) };
    }
    owner = found.members && {
      members: found.members,
      open: found.openMembers === true,
      inlined: found.constEnum === true,
      at: found,
    };
    if (!owner && deeper.length > 0 && step !== deeper.at(-1)) return UNKNOWN;
  }
  const inlined = declaredMembers(record, offered)?.inlined || found?.constEnum;
  return found ? { ...has(found), ...(inlined && { inlined: true as const }) } : UNKNOWN;
}

interface DeclaredMembers {
  readonly members: readonly MemberName[];
  readonly open: boolean;
  readonly inlined: boolean;
  readonly at: { readonly start: number; readonly end: number };
}

/** The members that declarations list for a name; undefined if they list none. */
function declaredMembers(record: ModuleRecord, { local, name }: OfferedName): DeclaredMembers | undefined {
  if (local !== undefined) {
    const declared = localsOf(record).get(local);
    if (!declared?.members) return undefined;
    const { members, openMembers, constEnum } = declared;
    return { members, open: openMembers === true, inlined: constEnum === true, at: declared };
  }
  // The members of an `export =` are the members of `default`.
  const assignment = name === 'default' ? assignmentOf(record) : undefined;
  if (!assignment || assignment.request !== undefined || assignment.members.length === 0) return undefined;
  return {
    members: assignment.members,
    open: assignment.open !== undefined,
    inlined: false,
    at: assignment,
  };
}

function has({ value, type }: { readonly value: boolean; readonly type: boolean }): MemberLook & {
  kind: 'has';
} {
  return { kind: 'has', value, type };
}

/** A member of a value in JavaScript. */
function ofValue(linker: Linker, offered: OfferedName, name: string, deeper: readonly string[]): MemberLook {
  const { file } = offered.origin;
  if (offered.exported === 'module.exports') {
    const binding = linker.binding(file, name, REQUIRE);
    const isFound = binding.kind === 'found' && !binding.offered.lost;
    if (isFound && !isGivenByHelper(linker, binding.offered, name))
      return memberOf(linker, binding.offered, deeper, REQUIRE);
    if (binding.kind === 'unknown' || binding.kind === 'ambiguous') return UNKNOWN;
    return { ...lacking(linker, file, REQUIRE), owner: offered.origin };
  }
  const asked =
    offered.local !== undefined
      ? { local: offered.local }
      : offered.exported !== undefined && { exported: offered.exported };
  const members = asked ? linker.host.valueMembers(file, asked) : undefined;
  if (!members) return UNKNOWN;
  if (members.names.includes(name)) return { kind: 'has', value: true, type: false };
  if (members.open !== undefined) return UNKNOWN;
  return { kind: 'lacks', names: members.names, owner: offered.origin };
}
