import { parseModule } from './parse-module.js';

/**
 * The specifiers of everything that a module imports, each once, in every form that the engine knows.
 *
 * @param file decides the language by its extension; it is not read
 * @param text the text of the module; of one that does not parse, nothing is returned
 */
export function importedSpecifiers(file: string, text: string): readonly string[] {
  return [...new Set(parseModule(file, text).requests.map(({ specifier }) => specifier))];
}
