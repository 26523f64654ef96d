import type { DockerfileOption, VerifyOptions } from '../model/options.js';
import { OPTIONS_SCHEMA } from '../model/options-schema.js';
import { checkOptions } from './check-options.js';

type Written = { readonly [Option in keyof VerifyOptions]: unknown };

/**
 * Checks options as they come from a configuration file.
 *
 * @param raw what the user wrote; undefined if there is nothing
 * @returns the options, typed; `dockerfile` is always a list
 * @throws VerifyError `invalid-option` that names the first wrong option, its value, and what is
 *   allowed
 */
export function normalizeOptions(raw: unknown): VerifyOptions {
  if (raw === undefined) return {};
  checkOptions(OPTIONS_SCHEMA, raw);
  const { dockerfile, ...others } = withoutUndefined(raw as Written);
  return {
    ...(others as VerifyOptions),
    ...(dockerfile !== undefined && { dockerfile: dockerfilesOf(dockerfile) }),
  };
}

function withoutUndefined(written: Written): Written {
  return Object.fromEntries(Object.entries(written).filter(([, value]) => value !== undefined));
}

function dockerfilesOf(written: unknown): readonly DockerfileOption[] {
  const list = (Array.isArray(written) ? written : [written]) as readonly (string | DockerfileOption)[];
  return list.map((entry) => (typeof entry === 'string' ? { file: entry } : entry));
}
