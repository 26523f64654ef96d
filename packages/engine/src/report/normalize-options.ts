import { VerifyError } from '../model/problem.js';
import type { DockerfileOption, IgnoreEntry, VerifyOptions } from '../model/options.js';
import { RULES, ruleNamed } from '../rules/registry.js';
import { nearMisses } from '../rules/words.js';

const SEVERITIES = ['error', 'warning', 'info', 'off'];
const KEYS = [
  'rules',
  'ignore',
  'strict',
  'conditions',
  'dependents',
  'dockerfile',
  'shippedFiles',
  'requiredModules',
  'metafile',
] as const;

/**
 * Checks options from a configuration file.
 *
 * @param raw what the user wrote; undefined for none
 * @returns the same, typed
 * @throws VerifyError `invalid-option` that names the option, its mistake and the allowed values
 */
export function normalizeOptions(raw: unknown): VerifyOptions {
  if (raw === undefined) return {};
  if (!isRecord(raw)) throw invalid('options', 'must be an object', 'Write them as { "strict": true }.');
  for (const key of Object.keys(raw)) if (!isKnown(key)) throw unknownKey(key);
  return {
    ...(raw['rules'] === undefined ? {} : { rules: rulesOf(raw['rules']) }),
    ...(raw['ignore'] === undefined ? {} : { ignore: ignoresOf(raw['ignore']) }),
    ...(raw['strict'] === undefined ? {} : { strict: booleanOf('strict', raw['strict']) }),
    ...(raw['conditions'] === undefined ? {} : { conditions: stringsOf('conditions', raw['conditions']) }),
    ...(raw['dependents'] === undefined ? {} : { dependents: booleanOf('dependents', raw['dependents']) }),
    ...(raw['dockerfile'] === undefined ? {} : { dockerfile: dockerfilesOf(raw['dockerfile']) }),
    ...(raw['shippedFiles'] === undefined
      ? {}
      : { shippedFiles: globsOf('shippedFiles', raw['shippedFiles']) }),
    ...(raw['requiredModules'] === undefined
      ? {}
      : { requiredModules: stringsOf('requiredModules', raw['requiredModules']) }),
    ...(raw['metafile'] === undefined ? {} : { metafile: pathOf('metafile', raw['metafile']) }),
  };
}

function isKnown(key: string): boolean {
  return KEYS.some((known) => known === key);
}

function unknownKey(key: string): VerifyError {
  const similar = nearMisses(key, KEYS)[0];
  return invalid(
    key,
    'is not an option',
    similar ? `Did you mean "${similar}"?` : `Known options: ${KEYS.join(', ')}.`,
  );
}

function rulesOf(raw: unknown): NonNullable<VerifyOptions['rules']> {
  if (!isRecord(raw)) throw invalid('rules', 'must be an object', 'Write { "VE201": "warning" }.');
  for (const [rule, severity] of Object.entries(raw)) {
    if (!ruleNamed(rule)) {
      const similar = nearMisses(
        rule,
        RULES.flatMap(({ code, name }) => [code, name]),
      );
      const remedy = similar[0]
        ? `Did you mean "${similar[0]}"?`
        : `Known rules: ${RULES.map(({ code }) => code).join(', ')}.`;
      throw invalid(`rules.${rule}`, 'is not the code or name of a rule', remedy);
    }
    if (!SEVERITIES.includes(severity as string)) {
      throw invalid(
        `rules.${rule}`,
        `is ${JSON.stringify(severity)}`,
        `Use one of ${SEVERITIES.join(', ')}.`,
      );
    }
  }
  return raw as NonNullable<VerifyOptions['rules']>;
}

const IGNORE_KEYS = ['rule', 'package', 'name', 'file', 'reason'];

function ignoresOf(raw: unknown): readonly IgnoreEntry[] {
  if (!Array.isArray(raw))
    throw invalid('ignore', 'must be an array', 'Write [{ "rule": "VE201", "reason": "…" }].');
  return raw.map((entry: unknown, index) => {
    const at = `ignore[${index}]`;
    if (!isRecord(entry)) throw invalid(at, 'must be an object', 'Write { "rule": "VE201", "reason": "…" }.');
    for (const [key, value] of Object.entries(entry)) {
      if (!IGNORE_KEYS.includes(key))
        throw invalid(`${at}.${key}`, 'is not a known key', `Use ${IGNORE_KEYS.join(', ')}.`);
      if (typeof value !== 'string') throw invalid(`${at}.${key}`, 'must be a string', 'Put it in quotes.');
    }
    if (!entry['reason'])
      throw invalid(at, 'has no reason', 'Add a "reason" that says why this finding is ignored.');
    if (Object.keys(entry).length === 1)
      throw invalid(at, 'would ignore everything', 'Add rule, package, name or file.');
    if (typeof entry['rule'] === 'string' && !ruleNamed(entry['rule'])) {
      throw invalid(
        `${at}.rule`,
        `is "${entry['rule']}", which is not the code or name of a rule`,
        `Known rules: ${RULES.map(({ code }) => code).join(', ')}.`,
      );
    }
    return entry as unknown as IgnoreEntry;
  });
}

const DOCKERFILE_KEYS = ['file', 'context', 'target'];

/** A path, an object with `file`, or an array of these. */
function dockerfilesOf(raw: unknown): readonly DockerfileOption[] {
  return (Array.isArray(raw) ? raw : [raw]).map((entry: unknown, index) => {
    const at = Array.isArray(raw) ? `dockerfile[${index}]` : 'dockerfile';
    const remedy =
      'Use a path relative to the workspace root, or { "file": "…", "context": "…", "target": "…" }.';
    if (typeof entry === 'string' && entry !== '') return { file: entry };
    if (!isRecord(entry)) throw invalid(at, `is ${JSON.stringify(entry)}`, remedy);
    for (const [key, value] of Object.entries(entry)) {
      if (!DOCKERFILE_KEYS.includes(key))
        throw invalid(`${at}.${key}`, 'is not a known key', `Use ${DOCKERFILE_KEYS.join(', ')}.`);
      if (typeof value !== 'string' || value === '')
        throw invalid(`${at}.${key}`, `is ${JSON.stringify(value)}`, 'Use a string that is not empty.');
    }
    if (entry['file'] === undefined) throw invalid(at, 'has no "file"', remedy);
    return entry as unknown as DockerfileOption;
  });
}

/** At least one glob must include files, because otherwise no file would ship. */
function globsOf(option: string, raw: unknown): readonly string[] {
  const globs = stringsOf(option, raw);
  if (globs.some((glob) => glob !== '' && !glob.startsWith('!'))) return globs;
  throw invalid(
    option,
    `is ${JSON.stringify(raw)}`,
    'Add at least one glob that matches shipped files and does not start with "!".',
  );
}

function booleanOf(option: string, raw: unknown): boolean {
  if (typeof raw !== 'boolean') throw invalid(option, `is ${JSON.stringify(raw)}`, 'Use true or false.');
  return raw;
}

function stringsOf(option: string, raw: unknown): readonly string[] {
  if (Array.isArray(raw) && raw.every((item) => typeof item === 'string')) return raw;
  throw invalid(option, `is ${JSON.stringify(raw)}`, 'Use an array of strings.');
}

function pathOf(option: string, raw: unknown): string {
  if (typeof raw === 'string' && raw !== '') return raw;
  throw invalid(option, `is ${JSON.stringify(raw)}`, "Use a path relative to the project's folder.");
}

function invalid(option: string, what: string, remedy: string): VerifyError {
  return new VerifyError({ kind: 'invalid-option', message: `The option "${option}" ${what}.`, remedy });
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
