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

  find({ own, manifest, answers }) {
    const asked = new Set(
      answers.filter(({ demand }) => demand.dependent === own.project).map(({ demand }) => demand.provider),
    );
    return manifest.unsatisfiedRanges.map((unsatisfied) => ({
      identity: [own.project, unsatisfied.provider],
      hits: [{ project: own.project, place: unsatisfied.place }],
      ...(isHarmless(unsatisfied, asked) ? { atMost: 'warning' as const } : {}),
      data: { dependent: own.project, unsatisfied },
    }));
  },

  describe({ dependent, unsatisfied }, lookUp) {
    const { name, range, version, versionPlace } = unsatisfied;
    const fix = lookUp.fixes.range(lookUp.packageOf(dependent)!, unsatisfied);
    const has = version === undefined ? 'has no version' : `has version ${version}`;
    return {
      message: `"${name}" is listed with the range "${range}", but the workspace's "${name}" ${has}${consequence(unsatisfied)}.`,
      evidence: [{ role: 'version', text: version ?? '', place: versionPlace }],
      ...(fix ? { fix } : {}),
    };
  },
});

/** A package that no module asks for is missed by none; an optional dependency that cannot be had ends no installation. */
function isHarmless(
  { field, provider, protocol, depends }: UnsatisfiedRange,
  asked: ReadonlySet<string>,
): boolean {
  return depends || field === 'optionalDependencies' || (!protocol && !asked.has(provider));
}

function consequence({ protocol, field, depends }: UnsatisfiedRange): string {
  if (protocol) return ', and nothing else can serve "workspace:"';
  if (field === 'peerDependencies' && depends) return '';
  return ', so that the package manager looks for it outside the workspace';
}
