import type { ModuleRecord } from '../model/module-record.js';
import type { FilePath } from '../model/place.js';
import type { Opening } from '../model/surface.js';

/** The blind spot that a file is whose text does not parse, or was not read; undefined for one that is in order. */
export function unparsedOpening(file: FilePath, { syntaxError }: ModuleRecord): Opening | undefined {
  if (!syntaxError) return undefined;
  const { message, start, end, unread } = syntaxError;
  return { kind: 'unparsed-module', reason: message, place: { file, start, end }, ...(unread && { unread }) };
}
