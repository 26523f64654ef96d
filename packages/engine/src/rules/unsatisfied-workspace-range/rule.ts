import type { UnsatisfiedRange } from '../../model/manifest-faults.js';
import { defineRule } from '../define-rule.js';

interface Data {
  readonly dependent: string;
  readonly unsatisfied: UnsatisfiedRange;
}

export const unsatisfiedWorkspaceRange = defineRule<Data>({
  code: 'VE208',
  name: 'unsatisfied-workspace-range',
  since: '0.1.0',
  severity: 'error',
  title: "A workspace package is declared with a range that the workspace's version does not satisfy.",

  find: ({ own, manifest }) =>
    manifest.unsatisfiedRanges.map((unsatisfied) => ({
      identity: [own.project, unsatisfied.provider],
      hits: [{ project: own.project, place: unsatisfied.place }],
      ...(isHarmless(unsatisfied) ? { atMost: 'warning' as const } : {}),
      data: { dependent: own.project, unsatisfied },
    })),

  describe({ dependent, unsatisfied }, lookUp) {
    const { name, range, version, versionPlace } = unsatisfied;
    const fix = lookUp.rangeFix(lookUp.packageOf(dependent)!, unsatisfied);
    const has = version === undefined ? 'has no version' : `has version ${version}`;
    return {
      message: `"${name}" is listed with the range "${range}", but the workspace's "${name}" ${has}${consequence(unsatisfied)}.`,
      evidence: [{ role: 'version', text: version ?? '', place: versionPlace }],
      ...(fix ? { fix } : {}),
    };
  },
});

/** Peers and optional dependencies do not end an installation everywhere. */
function isHarmless({ field, depends }: UnsatisfiedRange): boolean {
  return depends || field === 'peerDependencies' || field === 'optionalDependencies';
}

function consequence({ protocol, field }: UnsatisfiedRange): string {
  if (protocol) return ', and nothing else can serve "workspace:"';
  return field === 'peerDependencies'
    ? ''
    : ', so that the package manager looks for it outside the workspace';
}
