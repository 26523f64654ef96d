import { changeBreakages, changeFix, specifierOf, versionEvidence } from '../changed-surface.js';
import type { ChangeData } from '../changed-surface.js';
import type { NameKind, PlacedChange } from '../../model/package-surface.js';
import { defineRule } from '../define-rule.js';

type Data = ChangeData<Extract<PlacedChange, { readonly kind: 'changed-kind' }>>;

const ARTICLES: Readonly<Record<NameKind, string>> = {
  function: 'a function',
  class: 'a class',
  object: 'an object',
  const: 'a variable',
  enum: 'an enum',
  namespace: 'a namespace',
  type: 'only a type',
  value: 'a value',
};

export const changedKind = defineRule<Data>({
  code: 'VE504',
  name: 'changed-kind',
  reference: 'https://semver.org/#spec-item-8',
  since: '0.1.0',
  severity: 'error',
  title: 'An export is of another kind than its surface file records.',

  find: (facts) => changeBreakages(facts, 'changed-kind'),

  describe({ change: { subpath, name, was, is }, comparison, packageName }) {
    const specifier = specifierOf(packageName, subpath);
    return {
      message: is
        ? `"${name}" of "${specifier}" was ${ARTICLES[was]} and is now ${ARTICLES[is]}.`
        : `"${specifier}" had a default export and has none any more.`,
      evidence: versionEvidence(comparison),
      fix: {
        title: changeFix(is ? `make it ${ARTICLES[was]} again` : 'export a default again', comparison),
        edits: [],
      },
    };
  },
});
