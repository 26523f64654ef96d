import { createRequire } from 'node:module';
import inc from 'semver/functions/inc.js';
import gt from 'semver/functions/gt.js';
import valid from 'semver/functions/valid.js';
import { globTest } from '../read/glob-test.js';
import type * as Yaml from 'yaml';
import { isRecord } from '../model/is-record.js';
import type { PlannedVersion } from '../model/package-surface.js';
import type { FilePath } from '../model/place.js';
import type { WorkspacePackage } from '../model/workspace.js';
import type { Disk } from '../read/disk.js';
import { releasePlans } from '../read/release-plans.js';

type Step = 'major' | 'minor' | 'patch';

const STEPS: readonly Step[] = ['major', 'minor', 'patch'];

/**
 * The version that the next release would have: that of the manifest, or a later one that a changeset
 * or a version plan of Nx names.
 *
 * @param recorded the version of the surface file, to which a planned step applies
 */
export function plannedVersion(
  disk: Disk,
  own: WorkspacePackage,
  recorded: string | undefined,
): PlannedVersion | undefined {
  const stated = valid(own.source?.json.version ?? '') ?? undefined;
  const base = recorded ?? stated;
  const plan = base === undefined ? undefined : plannedStep(disk, own);
  const next = plan && inc(base!, plan.step);
  if (next && (stated === undefined || gt(next, stated)))
    return { version: next, reason: `${plan.file} plans a ${plan.step} release`, file: plan.file };
  return stated === undefined
    ? undefined
    : {
        version: stated,
        reason: 'the version in the manifest',
        ...(own.source && { file: own.source.file }),
      };
}

/** The largest step that a plan file names for the project. */
function plannedStep(
  disk: Disk,
  own: WorkspacePackage,
): { readonly step: Step; readonly file: FilePath } | undefined {
  const groups = groupsOf(disk, own);
  const steps = releasePlans(disk).flatMap((file) => {
    const step = stepIn(disk.readText(file) ?? '', [own.name, own.project, '__default__', ...groups]);
    return step ? [{ step, file }] : [];
  });
  return steps.toSorted((a, b) => STEPS.indexOf(a.step) - STEPS.indexOf(b.step))[0];
}

/** The front matter maps names of packages, projects or release groups to steps. */
function stepIn(text: string, names: readonly (string | undefined)[]): Step | undefined {
  const front = /^---\r?\n([\s\S]*?)\r?\n---/.exec(text)?.[1];
  if (front === undefined) return undefined;
  const { parse } = createRequire(import.meta.url)('yaml') as typeof Yaml;
  try {
    const parsed: unknown = parse(front);
    if (!isRecord(parsed)) return undefined;
    const steps = names.map((name) => (name === undefined ? undefined : stepOf(parsed[name])));
    return STEPS.find((step) => steps.includes(step));
  } catch {
    // The release tool reports a broken plan. Here it only plans nothing.
    return undefined;
  }
}

/** `premajor` and similar are steps of the same size. */
function stepOf(value: unknown): Step | undefined {
  return typeof value === 'string'
    ? STEPS.find((step) => value === step || value === `pre${step}`)
    : undefined;
}

/** The release groups of nx.json that contain the project. */
function groupsOf(disk: Disk, { project, name, root }: WorkspacePackage): readonly string[] {
  const groups = releaseGroups(disk);
  return Object.entries(groups).flatMap(([group, value]) => {
    const projects: unknown = isRecord(value) ? value['projects'] : undefined;
    const patterns = [projects].flat().filter((each): each is string => typeof each === 'string');
    const isMember = [project, name, root].some((text) => text !== undefined && globTest(patterns)(text));
    return patterns.length > 0 && isMember ? [group] : [];
  });
}

function releaseGroups(disk: Disk): Readonly<Record<string, unknown>> {
  try {
    const nx: unknown = JSON.parse(disk.readText('nx.json') ?? '{}');
    const release: unknown = isRecord(nx) ? nx['release'] : undefined;
    const groups: unknown = isRecord(release) ? release['groups'] : undefined;
    return isRecord(groups) ? groups : {};
  } catch {
    return {};
  }
}
