import { parse } from 'jsonc-parser';
import { isDeepJson } from './json-depth.js';
import { withoutByteOrderMark } from './locate-in-manifest.js';

/**
 * A string field of a package.json or project.json, even of a broken one, as far as a tolerant
 * parser can read it.
 */
export function fieldInText(text: string, field: string): string | undefined {
  // No parser gets through such a text. The field is usually at its beginning.
  if (isDeepJson(text)) return new RegExp(`"${field}"\\s*:\\s*"([^"\\\\]+)"`).exec(text)?.[1];
  const parsed: unknown = parse(withoutByteOrderMark(text), [], { allowTrailingComma: true });
  if (typeof parsed !== 'object' || parsed === null) return undefined;
  const value = (parsed as Readonly<Record<string, unknown>>)[field];
  return typeof value === 'string' && value !== '' ? value : undefined;
}
