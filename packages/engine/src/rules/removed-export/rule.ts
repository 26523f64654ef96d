import { changeBreakages, changeFix, specifierOf, versionEvidence } from '../changed-surface.js';
import type { ChangeData } from '../changed-surface.js';
import type { PlacedChange } from '../../model/package-surface.js';
import { defineRule } from '../define-rule.js';

type Data = ChangeData<Extract<PlacedChange, { readonly kind: 'removed-export' }>>;

export const removedExport = defineRule<Data>({
  code: 'VE501',
  name: 'removed-export',
  reference: 'https://semver.org/#spec-item-8',
  since: '0.1.0',
  severity: 'error',
  title: 'A package no longer exports a name that its surface file records.',

  find: (facts) => changeBreakages(facts, 'removed-export'),

  describe({ change: { subpath, name, was, lostFor }, comparison, packageName }) {
    const by = lostFor ? ` for ${lostFor.join(' and ')}` : '';
    return {
      message: `"${name}" (${was}) is recorded as an export of "${specifierOf(packageName, subpath)}", which no longer exports it${by}.`,
      evidence: versionEvidence(comparison),
      fix: { title: changeFix('export it again', comparison), edits: [] },
    };
  },
});
