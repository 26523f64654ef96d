import type { Language, ModuleRecord } from '../model/module-record.js';
import type { SyntaxError } from './parse-source.js';

/** A record without content: of an asset, or of a text that does not parse. */
export function emptyRecord(language: Language, syntaxError?: SyntaxError): ModuleRecord {
  const nothing = { hasModuleSyntax: false, requests: [], exports: [], locals: [], ambientModules: [] };
  return { language, ...nothing, ...(syntaxError && { syntaxError }) };
}
