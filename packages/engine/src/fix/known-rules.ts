import { normalizeOptions } from '../report/normalize-options.js';
import { isVerifyError } from '../model/problem.js';
import { VerifyError } from '../model/problem.js';

/**
 * Checks the names or codes of rules that a person wrote.
 *
 * @throws VerifyError `invalid-option` that names the first that is no rule
 */
export function knownRules(rules: readonly string[]): readonly string[] {
  for (const rule of rules) {
    try {
      normalizeOptions({ rules: { [rule]: 'error' } });
    } catch (error) {
      const remedy = isVerifyError(error) ? error.problem.remedy : 'Use the code or the name of a rule.';
      throw new VerifyError({ kind: 'invalid-option', message: `"${rule}" is not a rule.`, remedy });
    }
  }
  return rules;
}
