import type { ModuleRecord } from '../model/module-record.js';
import type { FilePath } from '../model/place.js';
import type { UnknownFact } from '../model/surface.js';

/**
 * The unknown for a file whose text does not parse or was not read; undefined for every other file.
 */
export function unparsedFact(file: FilePath, { syntaxError }: ModuleRecord): UnknownFact | undefined {
  if (!syntaxError) return undefined;
  const { message, start, end, unread } = syntaxError;
  return { kind: 'unparsed-module', reason: message, place: { file, start, end }, ...(unread && { unread }) };
}
