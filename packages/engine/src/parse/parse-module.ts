import type { AddedNames } from '../model/commonjs-facts.js';
import type { FilePath } from '../model/place.js';
import type { Language, ModuleRecord, ValueMembers, WrapperUse } from '../model/module-record.js';
import type { CalledImports } from './called-imports.js';
import type { ValueName } from './commonjs/value-members.js';
import { componentMemberReads, componentRecord, isComponent } from './embedded/component-record.js';
import { emptyRecord } from './empty-record.js';
import { jsonRecord } from './json-record.js';
import { extensionOf, languageOf } from './language-of.js';
import type { MemberReads } from './member-reads.js';
import { TOO_DEEP } from './parse-source.js';
import { isNativeFailure, orTooDeep } from './too-deep.js';
import {
  scriptAddedNames,
  scriptCalledImports,
  scriptMemberReads,
  scriptRecord,
  scriptValueMembers,
  scriptValueUses,
  scriptWrapperUses,
} from './script-record.js';
import type { ValueUses } from './value-uses.js';

/**
 * Reads a module's text once: its imports and exports, as plain data.
 *
 * It is pure and synchronous. It follows ECMA-262 for modules, TypeScript's checker for
 * declarations, Node and the common compilers for CommonJS. It throws for no text: if the text does
 * not parse, the record has a `syntaxError`.
 *
 * @param file its name decides how the text is read; it need not exist
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
    // Too much recursion in a tree with absurdly deep nesting.
    if (error instanceof RangeError) return emptyRecord(language, TOO_DEEP);
    // The parser's error for a tree that is too large to pass to JavaScript.
    if (!isNativeFailure(error)) throw error;
    return unread(language, 'its syntax tree is too large to be read');
  }
}

/**
 * In UTF-16 units. No one imports names from a larger bundle, and its tree would need gigabytes.
 */
const LARGEST_TEXT = 16 * 1024 * 1024;

function unread(language: Language, reason: string): ModuleRecord {
  return emptyRecord(language, { message: reason, start: 0, end: 0, unread: true });
}

function record(file: FilePath, text: string, allLocals: boolean): ModuleRecord {
  const language = languageOf(file);
  const extension = extensionOf(file);
  if (language === 'asset') return emptyRecord('asset');
  if (language === 'json') return jsonRecord(text);
  if (text.length > LARGEST_TEXT) {
    return unread(language, `it has ${Math.round(text.length / 1e6)} MB, and the limit is 16 MB`);
  }
  if (isComponent(extension)) return componentRecord(text, extension);
  return scriptRecord(text, language, extension, allLocals);
}

/**
 * The members that a module reads from its imports. This reads the few modules again for which they
 * matter.
 */
export function readMembers(file: FilePath, text: string): MemberReads {
  const extension = extensionOf(file);
  const language = languageOf(file);
  if (language === 'asset' || language === 'json' || text.length > LARGEST_TEXT) return new Map();
  const read = (): MemberReads =>
    isComponent(extension)
      ? componentMemberReads(text, extension)
      : scriptMemberReads(text, language, extension);
  return orTooDeep(read, new Map());
}

/**
 * Where a TypeScript source uses imported names as values. Empty for other files, and for
 * components, because templates use names as well.
 */
export function readValueUses(file: FilePath, text: string): ValueUses {
  const language = languageOf(file);
  if (
    (language !== 'ts' && language !== 'tsx') ||
    isComponent(extensionOf(file)) ||
    text.length > LARGEST_TEXT
  )
    return new Map();
  return orTooDeep(() => scriptValueUses(text, language, extensionOf(file)), new Map());
}

/** Where a script uses imported modules as functions or iterables; nothing for components. */
export function readCalledImports(file: FilePath, text: string): CalledImports {
  const language = languageOf(file);
  const isScript = ['js', 'jsx', 'ts', 'tsx'].includes(language) && !isComponent(extensionOf(file));
  if (!isScript || text.length > LARGEST_TEXT) return new Map();
  try {
    return scriptCalledImports(text, language, extensionOf(file));
  } catch (error) {
    if (error instanceof RangeError || isNativeFailure(error)) return new Map();
    throw error;
  }
}

/** Where JavaScript uses the variables of CommonJS; empty for every other file. */
export function readWrapperUses(file: FilePath, text: string): readonly WrapperUse[] {
  if (languageOf(file) !== 'js' || text.length > LARGEST_TEXT) return [];
  return orTooDeep(() => scriptWrapperUses(text, extensionOf(file)), []);
}

/** The names that a JavaScript module sets on the exports of other modules; none for every other file. */
export function readAddedNames(file: FilePath, text: string): readonly AddedNames[] {
  const language = languageOf(file);
  const isScript = language === 'js' || language === 'jsx';
  if (!isScript || isComponent(extensionOf(file)) || text.length > LARGEST_TEXT) return [];
  return orTooDeep(() => scriptAddedNames(text, language, extensionOf(file)), []);
}

/** The members of a JavaScript module's values, by name; undefined for every other file. */
export function readValues(
  file: FilePath,
  text: string,
): ((name: ValueName) => ValueMembers | undefined) | undefined {
  const language = languageOf(file);
  const isScript = language === 'js' || language === 'jsx';
  if (!isScript || isComponent(extensionOf(file)) || text.length > LARGEST_TEXT) return undefined;
  return orTooDeep(() => scriptValueMembers(text, language, extensionOf(file)), undefined);
}

export { languageOf };
