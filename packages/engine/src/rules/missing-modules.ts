import { remembered } from '../collections/remembered.js';
import type { MissingReference } from '../model/bundle-trace.js';
import type { LinkError } from '../model/demand.js';
import type { FilePath } from '../model/place.js';
import type { Variant } from '../model/workspace.js';
import { brokenProviders, linkBreakage } from './broken-output.js';
import type { Breakage, RuleFacts } from './define-rule.js';
import { fileIdentity, missingBreakage, missingFiles } from './missing-files.js';
import { oneForEachCause } from './one-cause.js';
import { areStandard } from '../model/standard-conditions.js';

export type MissingModule = Extract<LinkError, { readonly kind: 'missing-module' }> | MissingReference;

/**
 * Modules that built output imports and that do not exist: one breakage for each file, with all its
 * importers. Code comes before declarations. The trace adds calls in functions, declarations,
 * workers and chunks to what does not link.
 */
export function missingModules(facts: RuleFacts): readonly Breakage<MissingModule>[] {
  return remembered(known, facts, () => findMissingModules(facts));
}

/** Several rules share the list, and each reports a part of it. */
const known = new WeakMap<RuleFacts, readonly Breakage<MissingModule>[]>();

function findMissingModules(facts: RuleFacts): readonly Breakage<MissingModule>[] {
  const traces = new Map(facts.trace.missing.map((each) => [each.target, each] as const).toReversed());
  // Path aliases that the compiler left in output are findings of their own.
  const failed = brokenProviders(facts, 'missing-module').filter(({ error }) => !error.alias);
  const linked = failed.map((broken) => {
    const { error } = broken;
    const identity =
      error.unserved === undefined ? fileIdentity(error.target) : [error.unserved, error.specifier];
    const linked = linkBreakage<MissingModule>(facts, broken, identity, error);
    const absent = traces.get(error.target)?.absentFolder;
    return isInstalledLater(error.target, absent) ? { ...linked, atMost: 'info' as const } : linked;
  });
  const traced = missingFiles(facts, true)
    .toSorted((a, b) => Number(a.typesOnly) - Number(b.typesOnly))
    .map((missing): Breakage<MissingModule> => ({
      ...missingBreakage<MissingModule>(facts, missing, missing),
      ...(isInstalledLater(missing.target, missing.absentFolder) && { atMost: 'info' as const }),
    }));
  return oneForEachCause([...linked, ...traced]);
}

/** Installing something creates a `node_modules` folder in a folder that the package does not have. */
function isInstalledLater(target: FilePath, absentFolder: FilePath | undefined): boolean {
  return absentFolder !== undefined && target.slice(absentFolder.length).startsWith('/node_modules/');
}

export interface MissingEntry {
  readonly project: string;
  readonly subpath: string;
  readonly variant: Variant;
}

/** The entry point whose manifest names the missing file, if there is one that importers can use. */
export function missingEntryOf(
  facts: RuleFacts,
  { identity, data }: Breakage<MissingModule>,
): MissingEntry | undefined {
  const project = identity[0]!;
  const isOwn = project === facts.own.project;
  if (data.unserved !== undefined) return undefined;
  for (const { subpath, variants } of facts.lookUp.packages.entryPointsOf(project)) {
    for (const variant of variants) {
      if (variant.exists || variant.file !== data.target || variant.implied) continue;
      // Declarations are only traced in the project's own output.
      if (
        variant.phase === 'types'
          ? isOwn
          : areStandard(variant.conditions) && !(isOwn && isDead(facts, variant))
      )
        return { project, subpath, variant };
    }
  }
  return undefined;
}

/** Whether no importer can reach a variant, because another one always wins. */
export function isDead({ manifest }: RuleFacts, { place }: Variant): boolean {
  return manifest.unreachable.some(
    (dead) => dead.place.start === place.start && dead.place.file === place.file,
  );
}
