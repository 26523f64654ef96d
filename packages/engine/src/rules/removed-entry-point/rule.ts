import { changeBreakages, changeFix, specifierOf, versionEvidence } from '../changed-surface.js';
import type { ChangeData } from '../changed-surface.js';
import type { PlacedChange } from '../../model/package-surface.js';
import { defineRule } from '../define-rule.js';

type Data = ChangeData<Extract<PlacedChange, { readonly kind: 'removed-entry-point' }>>;

export const removedEntryPoint = defineRule<Data>({
  code: 'VE502',
  name: 'removed-entry-point',
  reference: 'https://semver.org/#spec-item-8',
  since: '0.1.0',
  severity: 'error',
  title: 'A package no longer has an entry point that its surface file records.',

  find: (facts) => changeBreakages(facts, 'removed-entry-point'),

  describe({ change: { subpath }, comparison, packageName }) {
    return {
      message: `"${specifierOf(packageName, subpath)}" is recorded as an entry point, but no import of it resolves any more.`,
      evidence: versionEvidence(comparison),
      fix: { title: changeFix('make it importable again', comparison), edits: [] },
    };
  },
});
