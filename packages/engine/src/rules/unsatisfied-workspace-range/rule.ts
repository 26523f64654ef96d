import type { UnsatisfiedRange } from '../../model/manifest-faults.js';
import { defineRule } from '../define-rule.js';

interface Data {
  readonly dependent: string;
  readonly unsatisfied: UnsatisfiedRange;
}

export const unsatisfiedWorkspaceRange = defineRule<Data>({
  code: 'VE208',
  name: 'unsatisfied-workspace-range',
  reference: 'https://github.com/npm/node-semver#prerelease-tags',
  since: '0.1.0',
  severity: 'error',
  title: 'The version of a workspace package does not satisfy the range that a manifest declares for it.',

  find({ own, manifest, answers }) {
    const imported = new Set(
      answers.filter(({ demand }) => demand.dependent === own.project).map(({ demand }) => demand.provider),
    );
    return manifest.unsatisfiedRanges.map((unsatisfied) => ({
      identity: [own.project, unsatisfied.provider],
      hits: [unsatisfied, ...unsatisfied.others].map(({ place }) => ({ project: own.project, place })),
      ...(isHarmless(unsatisfied, imported) ? { atMost: 'warning' as const } : {}),
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

/**
 * A package that no module imports is not missed. A missing optional dependency does not stop an
 * installation.
 */
function isHarmless(
  { field, provider, protocol, depends }: UnsatisfiedRange,
  imported: ReadonlySet<string>,
): boolean {
  return depends || field === 'optionalDependencies' || (!protocol && !imported.has(provider));
}

function consequence({ protocol, field, depends }: UnsatisfiedRange): string {
  if (protocol) return ', and "workspace:" allows no package from outside';
  if (field === 'peerDependencies' && depends) return '';
  return ', so the package manager looks for it outside the workspace';
}
