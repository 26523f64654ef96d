import { parseModule } from './parse-module.js';

/**
 * The specifiers of everything that a module imports, each once, in every form that the engine
 * knows.
 *
 * @param file its extension decides the language; the file is not read
 * @param text the text of the module; the result is empty if it does not parse
 */
export function importedSpecifiers(file: string, text: string): readonly string[] {
  return [...new Set(parseModule(file, text).requests.map(({ specifier }) => specifier))];
}
