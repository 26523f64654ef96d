import type { Demand } from '../model/demand.js';
import type { PlacedChange, SurfaceComparison } from '../model/package-surface.js';
import type { Breakage, EvidenceAt, Hit, RuleFacts } from './define-rule.js';

/** What a rule about a change needs for its words. */
export interface ChangeData<Change extends PlacedChange> {
  readonly change: Change;
  readonly comparison: SurfaceComparison;
  readonly packageName: string;
}

type OfKind<Kind extends PlacedChange['kind']> = Extract<PlacedChange, { readonly kind: Kind }>;

/**
 * One breakage for each change of some kind. If the planned version allows it, it is only worth
 * knowing. If no one can install the package, it is a warning.
 */
export function changeBreakages<Kind extends PlacedChange['kind']>(
  facts: RuleFacts,
  kind: Kind,
): readonly Breakage<ChangeData<OfKind<Kind>>>[] {
  const { own, surface: comparison } = facts;
  if (!comparison) return [];
  const packageName = own.name ?? own.project;
  const changes = comparison.changes.filter((change): change is OfKind<Kind> => change.kind === kind);
  return changes.map((change) => ({
    identity: [own.project, ...identityOf(change)],
    hits: [{ project: own.project, place: change.place }, ...importersOf(facts, change)],
    provider: {
      package: packageName,
      entryPoint: 'subpath' in change ? change.subpath : '.',
      conditions: 'lostFor' in change && change.lostFor ? change.lostFor : [],
    },
    ...('name' in change && 'subpath' in change && { name: change.name }),
    ...atMost(facts, comparison),
    data: { change, comparison, packageName },
  }));
}

function atMost(
  { own }: RuleFacts,
  { covered }: SurfaceComparison,
): { readonly atMost?: 'info' | 'warning' } {
  if (covered) return { atMost: 'info' };
  return own.publication.published ? {} : { atMost: 'warning' };
}

function identityOf(change: PlacedChange): readonly string[] {
  if (change.kind === 'narrowed') return [change.field, change.name];
  return 'name' in change ? [change.subpath, change.name] : [change.subpath];
}

/** The places in other projects that still import it. */
function importersOf({ own, answers }: RuleFacts, change: PlacedChange): readonly Hit[] {
  if (!('subpath' in change)) return [];
  const imports = ({ provider, subpath, name, dependent }: Demand): boolean =>
    provider === own.project &&
    dependent !== own.project &&
    subpath === change.subpath &&
    (!('name' in change) || name === change.name);
  return answers
    .filter(({ demand }) => demand.origin === 'source' && imports(demand))
    .map(({ demand: { dependent, place } }) => ({ project: dependent, place }));
}

/** `@acme/a` for `.`, `@acme/a/x` for `./x`. */
export function specifierOf(packageName: string, subpath: string): string {
  return `${packageName}${subpath.slice(1)}`;
}

/** The version that was recorded, the one that is planned, and the one that the change needs. */
export function versionEvidence({
  recorded,
  planned,
  needed,
  covered,
}: SurfaceComparison): readonly EvidenceAt[] {
  if (recorded === undefined) return [];
  const next =
    planned === undefined || planned.version === recorded
      ? 'no later version is planned'
      : `${planned.version} is planned (${planned.reason})`;
  const text = covered
    ? `recorded at ${recorded}; ${next}`
    : `recorded at ${recorded}; ${next}; this change needs ${needed ?? 'a major version'}`;
  return [{ role: 'version', text }];
}

/** What to do about a change that breaks consumers. */
export function changeFix(restore: string, { covered, needed, file }: SurfaceComparison): string {
  const accept = `run \`verify-exports surface\` to record it in ${file}`;
  return covered
    ? `when it is released, ${accept}`
    : `${restore}, or plan version ${needed ?? 'for a major release'}, which may break consumers`;
}
