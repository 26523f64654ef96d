import type { FilePath } from '../model/place.js';
import type { ModuleRecord } from '../model/module-record.js';
import { componentRecord, isComponent } from './embedded/component-record.js';
import { emptyRecord } from './empty-record.js';
import { jsonRecord } from './json-record.js';
import { extensionOf, languageOf } from './language-of.js';
import { scriptRecord } from './script-record.js';

/**
 * Reads a module's text once and for all: what it asks of other modules and what it offers, as plain data.
 *
 * Pure and synchronous; follows ECMA-262 for modules, TypeScript's checker for declarations, Node and the common compilers for
 * CommonJS. Never throws for what stands in the text: text that does not parse gives a record with `syntaxError`.
 *
 * @param file decides by its name how the text is read; it need not exist
 * @param text the whole file, byte order mark included; positions in the record are offsets into it
 * @param options.allLocals list also the declarations that are not exported
 */
export function parseModule(
  file: FilePath,
  text: string,
  options: { readonly allLocals?: boolean } = {},
): ModuleRecord {
  const language = languageOf(file);
  try {
    return record(file, text, options.allLocals ?? false);
  } catch (error) {
    // Only from recursion over a tree that is nested absurdly deep.
    if (!(error instanceof RangeError)) throw error;
    return emptyRecord(language, { message: 'The code is nested too deeply to be read.', start: 0, end: 0 });
  }
}

function record(file: FilePath, text: string, allLocals: boolean): ModuleRecord {
  const language = languageOf(file);
  const extension = extensionOf(file);
  if (language === 'asset') return emptyRecord('asset');
  if (language === 'json') return jsonRecord(text);
  if (isComponent(extension)) return componentRecord(text, extension);
  return scriptRecord(text, language, extension, allLocals);
}

export { languageOf };
