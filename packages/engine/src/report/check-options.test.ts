import { Ajv2020 } from 'ajv/dist/2020.js';
import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { isVerifyError } from '../model/problem.js';
import { OPTIONS_SCHEMA } from '../model/options-schema.js';
import { ruleNamed } from '../rules/registry.js';
import { checkOptions } from './check-options.js';

const ajv = new Ajv2020({
  strict: false,
  formats: { rule: (text: string) => ruleNamed(text) !== undefined },
});
const isValid = ajv.compile(OPTIONS_SCHEMA);

const leaf = fc.oneof(
  fc.constantFrom('VE201', 'missing-export', 'error', 'off', '', '!a', 'dist/**', 'x'),
  fc.boolean(),
  fc.constantFrom(0, null),
);
const entry = fc.record(
  {
    rule: leaf,
    package: leaf,
    name: leaf,
    file: leaf,
    reason: leaf,
    context: leaf,
    target: leaf,
    VE201: leaf,
    strange: leaf,
  },
  { requiredKeys: [] },
);
const value = fc.oneof(leaf, entry, fc.array(fc.oneof(leaf, entry), { maxLength: 3 }));
const options = fc.record(
  Object.fromEntries([...Object.keys(OPTIONS_SCHEMA.properties), 'strikt'].map((name) => [name, value])),
  { requiredKeys: [] },
);
/** One option alone, so that many values are valid as a whole. */
const single = fc
  .tuple(fc.constantFrom(...Object.keys(OPTIONS_SCHEMA.properties)), value)
  .map(([name, written]) => ({ [name]: written }));

describe('checkOptions', () => {
  it('accepts what ajv accepts by the same schema, and nothing else', () => {
    const seen = { valid: 0, invalid: 0 };
    fc.assert(
      fc.property(fc.oneof({ arbitrary: single, weight: 8 }, options, value), (raw) => {
        const valid = isValid(raw);
        seen[valid ? 'valid' : 'invalid'] += 1;
        expect(accepts(raw)).toBe(valid);
      }),
      { seed: 11, numRuns: 20_000 },
    );
    expect(Math.min(seen.valid, seen.invalid)).toBeGreaterThan(1000);
  });

  it('accepts every example and default of the schema', () => {
    for (const [name, { examples, default: standard }] of Object.entries(OPTIONS_SCHEMA.properties)) {
      expect(examples?.length, name).toBeGreaterThan(0);
      for (const written of [...examples!, ...(standard === undefined ? [] : [standard])])
        expect(() => checkOptions(OPTIONS_SCHEMA, { [name]: written })).not.toThrow();
    }
  });
});

function accepts(raw: unknown): boolean {
  try {
    checkOptions(OPTIONS_SCHEMA, raw);
    return true;
  } catch (error) {
    if (isVerifyError(error)) return false;
    throw error;
  }
}
