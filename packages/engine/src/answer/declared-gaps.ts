import { groupBy } from '../collections/group-by.js';
import type { DeclaredGap, DeclaredPlatform, DeclaredVariant } from '../model/declared-gap.js';
import type { EntryPlace } from '../model/demand.js';
import type { Place } from '../model/place.js';
import type { MemberName } from '../model/module-record.js';
import type { FilePath } from '../model/place.js';
import type { OfferedName } from '../model/surface.js';
import { viewOfEntry } from '../surface/ambient-entry.js';
import { localsOf } from '../surface/own-exports.js';
import type { EntryPoint, WorkspacePackage } from '../model/workspace.js';
import type { LoadErrors } from '../load/load-errors.js';
import type { Disk } from '../read/disk.js';
import { isDeclarationFile } from '../resolve/declaration-files.js';
import type { Resolver } from '../resolve/resolver.js';
import type { Surfaces } from '../surface/surfaces.js';

/** What comparing declarations with JavaScript needs from the workspace. */
export interface DeclaredContext {
  readonly disk: Disk;
  readonly resolver: Resolver;
  readonly surfaces: Surfaces;
  readonly loadErrors: Pick<LoadErrors, 'linkErrors'>;
  entryPointsOf(pkg: WorkspacePackage): readonly EntryPoint[];
}

/**
 * Values that a package's declarations promise, by entry point and by way to load it, and that the JavaScript does not export. It
 * leaves out whatever is unknown, and entry points that do not load at all, which have findings of their own.
 *
 * @param platform what the view resolves for, if it is not Node
 */
export function declaredGaps(
  context: DeclaredContext,
  pkg: WorkspacePackage,
  platform: DeclaredPlatform,
): readonly DeclaredGap[] {
  const missing: Missing[] = [];
  const present = new Map<string, EntryPlace>();
  for (const variant of variantsOf(context, pkg, platform)) {
    const compared = comparedNames(context, variant, `${pkg.name}${variant.types.subpath.slice(1)}`);
    missing.push(...compared.missing.map((promised) => ({ ...promised, variant })));
    for (const promised of compared.present) present.set(keyOf(promised), variant.runtime);
  }
  // Names that are missing in the same variants have one cause.
  const bySet = groupBy(oneForEachName(missing), (each) =>
    JSON.stringify(each.map(({ variant: { by, runtime } }) => [by, runtime.subpath, runtime.file])),
  );
  return [...bySet.values()].map((names) => {
    const variants = names[0].map(({ variant }) => variant) as [DeclaredVariant, ...DeclaredVariant[]];
    const exportedBy = names[0].map((each) => present.get(keyOf(each))).find(Boolean);
    return {
      names: names.map(([{ name, declared }]) => ({ name, declared })),
      variants,
      ...(exportedBy && { exportedBy }),
    };
  });
}

interface Promised {
  readonly name: string;
  readonly declared: Place;
}

type Missing = Promised & { readonly variant: DeclaredVariant };

/** One declaration may belong to several entry points, and one entry point may have several declarations of a name. */
function oneForEachName(missing: readonly Missing[]): readonly (readonly [Missing, ...Missing[]])[] {
  const groups = new Map<string, [Missing, ...Missing[]]>();
  for (const each of missing) {
    const keys = [keyOf(each), `${each.name}\n${each.variant.runtime.subpath}`];
    const known = keys.map((key) => groups.get(key)).find(Boolean);
    if (known) known.push(each);
    for (const key of keys) groups.set(key, known ?? groups.get(key) ?? groups.get(keys[0]!) ?? [each]);
  }
  return [...new Set(groups.values())];
}

function keyOf({ name, declared: { file, start } }: Promised): string {
  return `${name}\n${file}\n${start}`;
}

function variantsOf(
  { resolver, loadErrors, entryPointsOf }: DeclaredContext,
  pkg: WorkspacePackage,
  platform: DeclaredPlatform,
): readonly DeclaredVariant[] {
  const variants = new Map<string, DeclaredVariant>();
  for (const { subpath } of entryPointsOf(pkg)) {
    if (subpath.includes('*')) continue;
    for (const by of ['import', 'require'] as const) {
      const runtime = resolver.resolveEntry(pkg, subpath, { mode: by, phase: 'runtime' });
      const types = resolver.resolveEntry(pkg, subpath, { mode: by, phase: 'types' });
      if (runtime.outcome !== 'file' || types.outcome !== 'file') continue;
      if (!/\.[cm]?js$/.test(runtime.file) || !isDeclarationFile(types.file)) continue;
      if (loadErrors.linkErrors(pkg, runtime.file).length > 0) continue;
      const key = [by, runtime.file, types.file].join('\n');
      if (variants.has(key)) continue;
      variants.set(key, { runtime, types, by, ...platform });
    }
  }
  return [...variants.values()];
}

function comparedNames(
  context: DeclaredContext,
  { runtime, types, by }: DeclaredVariant,
  specifier: string,
): Record<'missing' | 'present', readonly Promised[]> {
  const { surfaces } = context;
  const missing: Promised[] = [];
  const present: Promised[] = [];
  const view = { phase: 'runtime', mode: by } as const;
  const typesView = viewOfEntry(surfaces.host, types.file, specifier, { phase: 'types', mode: by });
  const declarations = surfaces.of(types.file, typesView);
  const { format } = surfaces.kindOf(runtime.file, view);
  if (format === 'unreadable' || refusesToLoad(context, runtime.file, by)) return { missing, present };
  for (const offered of declarations.names.values()) {
    if (!isPromised(surfaces, offered)) continue;
    const promised = { name: offered.name, declared: offered.origin };
    const binding = surfaces.binding(runtime.file, offered.name, view);
    // The helper of an importer may give an ES module its `default`.
    const { exported, origin } = binding.kind === 'found' ? binding.offered : {};
    const isGiven = format === 'esm' && exported === 'module.exports' && origin?.file === runtime.file;
    const isMissing =
      binding.kind === 'none' || isGiven || (binding.kind === 'found' && binding.offered.lost);
    if (isMissing) missing.push(promised);
    else if (binding.kind === 'found') present.push(promised);
  }
  return { missing, present };
}

/** A value that exists at run time if the declarations are true. */
function isPromised(surfaces: Surfaces, { value, constEnum, local, origin }: OfferedName): boolean {
  if (!value || constEnum) return false;
  const record = surfaces.host.record(origin.file);
  const declaration = local === undefined || !record ? undefined : localsOf(record).get(local);
  if (!record || !declaration) return true;
  // TypeScript takes a namespace for a value if it exports anything that is imported.
  if (declaration.onlyNamespace && !declaration.members?.some(isCertainValue)) return false;
  // Without any `export { … }`, every declaration of the file is exported, whether the author meant it or not.
  return (
    declaration.exported ||
    !record.exports.some(
      (entry) => entry.kind === 'local' && entry.local === local && entry.start === declaration.start,
    )
  );
}

function isCertainValue(member: MemberName): boolean {
  return member.value && !member.constEnum && !('alias' in member) && !member.from;
}

/** JavaScript without any export that only throws: a stand-in for what a test runner or a compiler replaces. */
function refusesToLoad(context: DeclaredContext, file: FilePath, mode: 'import' | 'require'): boolean {
  const { names, unknownFacts } = context.surfaces.of(file, { phase: 'runtime', mode });
  const isEmpty = [...names.keys()].every((name) => name === 'default' || name === '__esModule');
  return isEmpty && unknownFacts.length === 0 && /^[\s})(;]*throw\b/m.test(context.disk.readText(file) ?? '');
}
