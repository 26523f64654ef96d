import { join } from 'node:path';
import { parse, printParseErrorCode } from 'jsonc-parser';
import type { ParseError } from 'jsonc-parser';
import { checkOptions, isVerifyError, normalizeOptions, OPTIONS_SCHEMA, VerifyError } from '../index.js';
import type { OptionsSchema, VerifyOptions } from '../index.js';
import { textOfFile } from './text-of-file.js';

/** The file with options, at the root of a workspace without Nx. */
export const OPTIONS_FILE = 'verify-exports.json';

const SCHEMA: OptionsSchema = {
  ...OPTIONS_SCHEMA,
  properties: {
    ...OPTIONS_SCHEMA.properties,
    $schema: { type: 'string' },
    packages: {
      type: 'object',
      description: 'Options for single packages, by package name. They replace those for all packages.',
      additionalProperties: OPTIONS_SCHEMA,
      'x-hint': 'Write { "@acme/a": { "strict": true } }.',
    },
  },
};

/**
 * Reads the options file of a workspace.
 *
 * @returns the options of a package, by its name; no options if there is no such file
 * @throws VerifyError `invalid-option` that names the file and the first wrong option
 */
export function readOptionsFile(root: string): (packageName: string | undefined) => VerifyOptions {
  const text = textOfFile(join(root, OPTIONS_FILE));
  if (text === undefined) return () => ({});
  const errors: ParseError[] = [];
  const raw: unknown = parse(text, errors, { allowTrailingComma: true });
  const [error] = errors;
  if (error) throw invalid(`is not valid JSON (${printParseErrorCode(error.error)}).`, 'Fix the JSON.');
  try {
    checkOptions(SCHEMA, raw);
  } catch (wrong) {
    if (!isVerifyError(wrong)) throw wrong;
    throw invalid(`has a wrong option. ${wrong.problem.message}`, wrong.problem.remedy);
  }
  const {
    $schema: _,
    packages = {},
    ...all
  } = raw as Record<string, unknown> & {
    readonly packages?: Readonly<Record<string, object>>;
  };
  return (name) =>
    normalizeOptions({
      ...all,
      ...(name !== undefined && Object.hasOwn(packages, name) ? packages[name] : {}),
    });
}

function invalid(what: string, remedy: string): VerifyError {
  return new VerifyError({
    kind: 'invalid-option',
    message: `${OPTIONS_FILE} ${what}`,
    remedy,
    file: OPTIONS_FILE,
  });
}
