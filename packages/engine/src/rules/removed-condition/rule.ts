import { changeBreakages, changeFix, specifierOf, versionEvidence } from '../changed-surface.js';
import type { ChangeData } from '../changed-surface.js';
import type { PlacedChange } from '../../model/package-surface.js';
import { defineRule } from '../define-rule.js';
import { listed } from '../words.js';

type Data = ChangeData<Extract<PlacedChange, { readonly kind: 'removed-condition' }>>;

/** What is gone, for a reader who knows package.json. */
const WORDS: Readonly<Record<string, string>> = {
  import: 'ES modules can no longer import it',
  require: 'CommonJS modules can no longer require it',
  types: 'it has no declarations any more',
};

export const removedCondition = defineRule<Data>({
  code: 'VE503',
  name: 'removed-condition',
  reference: 'https://nodejs.org/api/packages.html#conditional-exports',
  since: '0.1.0',
  severity: 'error',
  title: 'An entry point no longer resolves for a kind of consumer that the surface file records.',

  find: (facts) => changeBreakages(facts, 'removed-condition'),

  describe({ change: { subpath, lostFor }, comparison, packageName }) {
    const lost = lostFor.map((consumer) => WORDS[consumer] ?? `it has no target for "${consumer}" any more`);
    return {
      message: `"${specifierOf(packageName, subpath)}" has lost a kind of consumer: ${listed(lost)}.`,
      evidence: versionEvidence(comparison),
      fix: {
        title: changeFix(`add a target for ${listed(lostFor.map((each) => `"${each}"`))} again`, comparison),
        edits: [],
      },
    };
  },
});
