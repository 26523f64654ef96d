import {
  breakingVersion,
  compareSurfaces,
  coversBreak,
  packagesIn,
  plannedVersionOf,
  renderChange,
  surfaceOf,
} from '../../index.js';
import type { PackageInfo, PackageSurface, PlannedVersion, SurfaceDifference } from '../../index.js';
import { chooseProjects } from '../choose-projects.js';
import type { Io } from '../io.js';
import type { Status } from '../main.js';
import { openWorkspace } from '../open-workspace.js';
import type { CliWorkspace } from '../open-workspace.js';
import { baselineNamed, Baselines } from '../release-baselines.js';

export interface ChangesArguments {
  readonly packages: readonly string[];
  readonly against: string;
  readonly build?: string;
  readonly json?: boolean;
}

/** A package compared with an earlier version of it. */
interface ChangedPackage extends SurfaceDifference {
  readonly package: string;
  /** The version of the baseline. */
  readonly from?: string;
  readonly planned?: PlannedVersion;
  /** The version that the changes need; absent if they break no one. */
  readonly needs?: string;
  /** Whether the planned version allows the changes. */
  readonly covered: boolean;
}

/**
 * Compares packages with an earlier version. It fails if a change breaks consumers and the planned
 * version does not allow that.
 */
export async function changesCommand(io: Io, options: ChangesArguments): Promise<Status> {
  const workspace = await openWorkspace(io);
  const { root, run, input } = workspace;
  const baseline = baselineNamed(options.against);
  const chosen = new Set(chooseProjects(workspace, io.cwd, options));
  const packages = packagesIn(run).filter(
    ({ project, published }) => chosen.has(project) && (options.packages.length > 0 || published),
  );
  using baselines = new Baselines({
    root,
    cwd: io.cwd,
    input,
    ...(options.build !== undefined && { build: options.build }),
  });
  const compared = packages.map((pkg) => compare(workspace, pkg, baselines.surfaceAt(baseline, pkg)));
  if (options.json) io.stdout.write(`${JSON.stringify(compared, null, 2)}\n`);
  else io.stdout.write(`${[...compared.map(textOf), summaryOf(compared)].join('\n\n')}\n`);
  return compared.every(({ covered }) => covered) ? 0 : 1;
}

function compare(
  { run, projects }: CliWorkspace,
  pkg: PackageInfo,
  before: PackageSurface | undefined,
): ChangedPackage {
  const name = pkg.name ?? pkg.project;
  if (!before) return { package: name, changes: [], added: 0, covered: true };
  const now = surfaceOf({ run, project: pkg.project, options: projects.get(pkg.project) ?? {} });
  const { changes, added } = compareSurfaces(before, now);
  const planned = plannedVersionOf({ run, project: pkg.project }, before.version);
  const needs = changes.length > 0 ? breakingVersion(before.version) : undefined;
  return {
    package: name,
    ...(before.version !== undefined && { from: before.version }),
    ...(planned && { planned }),
    ...(needs !== undefined && { needs }),
    covered: changes.length === 0 || coversBreak(before.version, planned?.version),
    changes,
    added,
  };
}

const SHOWN_CHANGES = 40;

function textOf({ package: name, from, planned, needs, covered, changes, added }: ChangedPackage): string {
  const mark = covered ? '✔' : '✖';
  if (from === undefined && changes.length === 0 && added === 0) return `${mark} ${name}: no earlier version`;
  const versions = [from, planned?.version].filter((version) => version !== undefined).join(' → ');
  const counts = [
    changes.length > 0 ? `${counted(changes.length, 'breaking change')}` : 'no breaking change',
    ...(added > 0 ? [`${added} added`] : []),
  ].join(', ');
  const shown = changes.slice(0, SHOWN_CHANGES).map((change) => `  ${renderChange(change)}`);
  const rest = changes.length - shown.length;
  return [
    `${mark} ${name} ${versions}: ${counts}`,
    ...shown,
    ...(rest > 0 ? [`  and ${rest} more`] : []),
    ...(needs === undefined
      ? []
      : [covered ? `  The planned version allows it.` : `  This needs version ${needs}.`]),
  ].join('\n');
}

function summaryOf(compared: readonly ChangedPackage[]): string {
  const failing = compared.filter(({ covered }) => !covered).length;
  const packages = counted(compared.length, 'package');
  return failing === 0
    ? `✔ ${packages}: no change breaks more than the planned versions allow`
    : `✖ ${counted(failing, 'package')} of ${compared.length} would break consumers without a version that says so`;
}

function counted(count: number, noun: string): string {
  return `${count} ${noun}${count === 1 ? '' : 's'}`;
}
