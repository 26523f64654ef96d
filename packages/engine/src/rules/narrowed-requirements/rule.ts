import { changeBreakages, changeFix, versionEvidence } from '../changed-surface.js';
import type { ChangeData } from '../changed-surface.js';
import type { PlacedChange } from '../../model/package-surface.js';
import { defineRule } from '../define-rule.js';

type Data = ChangeData<Extract<PlacedChange, { readonly kind: 'narrowed' }>>;

export const narrowedRequirements = defineRule<Data>({
  code: 'VE505',
  name: 'narrowed-requirements',
  reference: 'https://docs.npmjs.com/cli/configuring-npm/package-json#engines',
  since: '0.1.0',
  severity: 'error',
  title: 'A package no longer supports a version of an engine or peer that its surface file records.',

  find: (facts) => changeBreakages(facts, 'narrowed'),

  describe({ change: { field, name, was, is }, comparison, packageName }) {
    const what = field === 'engines' ? `${name} version` : `version of the peer "${name}"`;
    return {
      message:
        was === undefined
          ? field === 'engines'
            ? `"${packageName}" worked with any ${what} and now needs ${is}.`
            : `"${packageName}" now needs the peer "${name}" (${is}).`
          : `"${packageName}" supported every ${what} in ${was} and now needs ${is}.`,
      evidence: versionEvidence(comparison),
      fix: {
        title: changeFix(
          was === undefined ? `remove "${name}" from "${field}"` : `use the range ${was} again`,
          comparison,
        ),
        edits: [],
      },
    };
  },
});
