import type { Node, ParseError } from 'jsonc-parser';
import { parseTree, printParseErrorCode } from 'jsonc-parser';
import type { ExportEntry, ModuleRecord } from '../model/module-record.js';
import { emptyRecord } from './empty-record.js';

/**
 * A JSON module: `default`, and for `require` and bundlers each top-level key. Node and TypeScript
 * read JSON strictly, so comments and trailing commas are syntax errors; a byte order mark is not.
 */
export function jsonRecord(text: string): ModuleRecord {
  const errors: ParseError[] = [];
  const body = text.startsWith('\uFEFF') ? ` ${text.slice(1)}` : text;
  const root = parseTree(body, errors, {
    disallowComments: true,
    allowTrailingComma: false,
    allowEmptyContent: false,
  });
  const [error] = errors;
  if (error || !root) {
    const { offset, length } = error ?? { offset: 0, length: 0 };
    const end = Math.min(offset + length, text.length);
    const message = `Invalid JSON: ${error ? printParseErrorCode(error.error) : 'ValueExpected'}`;
    return emptyRecord('json', { message, start: Math.min(offset, end), end });
  }
  const whole: ExportEntry = { kind: 'local', name: 'default', typeOnly: false, ...spanOf(root) };
  return { ...emptyRecord('json'), exports: [whole, ...keysOf(root)] };
}

function keysOf(root: Node): ExportEntry[] {
  const keys = new Map<string, ExportEntry>();
  for (const property of root.type === 'object' ? (root.children ?? []) : []) {
    const [key] = property.children ?? [];
    const name: unknown = key?.value;
    if (!key || typeof name !== 'string' || name === 'default') continue;
    keys.set(name, { kind: 'local', name, typeOnly: false, ...spanOf(key) });
  }
  return [...keys.values()];
}

function spanOf({ offset, length }: Node): { start: number; end: number } {
  return { start: offset, end: offset + length };
}
