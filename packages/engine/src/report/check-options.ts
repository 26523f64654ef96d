import { isRecord } from '../model/is-record.js';
import type { OptionSchema, OptionsSchema } from '../model/options-schema.js';
import { VerifyError } from '../model/problem.js';
import { RULES, ruleNamed } from '../rules/registry.js';
import { nearMisses } from '../rules/words.js';

interface Fault {
  /** The option that is wrong, such as `ignore[0].rule`; empty for the options as a whole. */
  readonly path: string;
  readonly what: string;
  readonly remedy: string;
}

/**
 * Checks options against their schema. A general validator would need as much code again to turn
 * its errors into a message that says what to write, and it would have to generate code when it
 * runs.
 *
 * @param raw the options that the user wrote
 * @throws VerifyError `invalid-option` that names the first wrong option, its value, and what is
 *   allowed
 */
export function checkOptions(schema: OptionsSchema, raw: unknown): void {
  const fault = faultOf(schema, raw, '');
  if (!fault) return;
  const { path, what, remedy } = fault;
  const subject = path === '' ? 'The value of the options' : `The option "${path}"`;
  throw new VerifyError({ kind: 'invalid-option', message: `${subject} ${what}.`, remedy });
}

function faultOf(schema: OptionSchema, value: unknown, path: string): Fault | undefined {
  if (schema.anyOf) {
    const branch = schema.anyOf.find((each) => hasType(each, value));
    return branch ? faultOf(branch, value, path) : wrongValue(schema, value, path);
  }
  if (!hasType(schema, value)) return wrongValue(schema, value, path);
  if (typeof value === 'string') return faultOfText(schema, value, path);
  if (typeof value === 'number' && !(value >= (schema.minimum ?? -Infinity)))
    return wrongValue(schema, value, path);
  if (Array.isArray(value)) return faultOfArray(schema, value, path);
  if (isRecord(value)) return faultOfObject(schema, value, path);
  return undefined;
}

function hasType({ type, enum: allowed }: OptionSchema, value: unknown): boolean {
  if (allowed && !allowed.some((each) => each === value)) return false;
  if (type === undefined) return true;
  if (type === 'array') return Array.isArray(value);
  return type === 'object' ? isRecord(value) : typeof value === type;
}

function faultOfText(schema: OptionSchema, value: string, path: string): Fault | undefined {
  const { minLength = 0, pattern, format } = schema;
  if (value.length < minLength || (pattern !== undefined && !new RegExp(pattern, 'u').test(value)))
    return wrongValue(schema, value, path);
  if (format !== 'rule' || ruleNamed(value)) return undefined;
  return { path, what: `is "${value}", which is not a rule`, remedy: knownRules(value) };
}

function faultOfArray(schema: OptionSchema, value: readonly unknown[], path: string): Fault | undefined {
  const { items, contains } = schema;
  for (const [index, item] of value.entries()) {
    const fault = items && faultOf(items, item, `${path}[${index}]`);
    // A list of plain strings is short enough to be shown whole.
    if (fault) return items.type === 'string' ? wrongValue(schema, value, path) : fault;
  }
  const lacks = contains && !value.some((item) => !faultOf(contains, item, path));
  return lacks ? wrongValue(contains, value, path) : undefined;
}

function faultOfObject(
  schema: OptionSchema,
  value: Readonly<Record<string, unknown>>,
  path: string,
): Fault | undefined {
  const { properties = {}, additionalProperties, propertyNames, required = [], minProperties = 0 } = schema;
  const within = (key: string) => (path === '' ? key : `${path}.${key}`);
  for (const [key, part] of Object.entries(value)) {
    const known = Object.hasOwn(properties, key) ? properties[key] : additionalProperties;
    if (known === false) return unknownKey(within(key), key, Object.keys(properties));
    if (propertyNames?.format === 'rule' && !ruleNamed(key))
      return { path: within(key), what: 'is not a rule', remedy: knownRules(key) };
    const fault = known && part !== undefined ? faultOf(known, part, within(key)) : undefined;
    if (fault) return fault;
  }
  const missing = required.find((key) => value[key] === undefined);
  if (missing !== undefined) return { path, what: `has no "${missing}"`, remedy: hintOf(schema) };
  const few = Object.values(value).filter((part) => part !== undefined).length < minProperties;
  return few ? wrongValue(schema, value, path) : undefined;
}

function unknownKey(path: string, key: string, known: readonly string[]): Fault {
  const similar = nearMisses(key, known)[0];
  const remedy = similar ? `Did you mean "${similar}"?` : `Known options: ${known.join(', ')}.`;
  return { path, what: 'is not an option', remedy };
}

function knownRules(rule: string): string {
  const similar = nearMisses(
    rule,
    RULES.flatMap(({ code, name }) => [code, name]),
  )[0];
  return similar ? `Did you mean "${similar}"?` : `Known rules: ${RULES.map(({ code }) => code).join(', ')}.`;
}

function wrongValue(schema: OptionSchema, value: unknown, path: string): Fault {
  return { path, what: `is ${JSON.stringify(value)}`, remedy: hintOf(schema) };
}

function hintOf(schema: OptionSchema): string {
  if (schema['x-hint'] !== undefined) return schema['x-hint'];
  if (schema.enum) return `Use one of ${schema.enum.map((each) => JSON.stringify(each)).join(', ')}.`;
  return schema.type === 'boolean'
    ? 'Use true or false.'
    : `Use ${schema.type === 'string' ? 'a' : 'an'} ${schema.type}.`;
}
