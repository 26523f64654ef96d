import type { Tree } from '@nx/devkit';
import { applyEdits, modify } from 'jsonc-parser';
import { jsonError } from '../../infer/json-error';
import { parseObject } from '../../infer/member-manifest';

/**
 * Reads a JSON file that may contain comments.
 *
 * @throws Error that names the file and the line of the fault
 */
export function readJsonc(
  tree: Tree,
  file: string,
): { readonly text: string; readonly value: Record<string, unknown> } {
  const text = tree.read(file, 'utf-8') ?? '{}\n';
  const value = text.trim() === '' ? {} : parseObject(text);
  if (!value)
    throw new Error(
      `${file} is not valid JSON (line ${jsonError(text)?.line ?? 1}). Fix it and run this command again.`,
    );
  return { text, value };
}

/**
 * Adds an element to a list in a JSON text. Keeps comments, order and formatting.
 *
 * @throws Error if the property is not a list
 */
export function appendTo(
  file: string,
  text: string,
  { list, value }: { list: string; value: unknown },
): string {
  const present = parseObject(text)?.[list];
  if (present !== undefined && !Array.isArray(present))
    throw new Error(`"${list}" of ${file} is not an array. Fix it and run this command again.`);
  const path = present ? [list, present.length] : [list];
  const formattingOptions = {
    insertSpaces: !/^\t/m.test(text),
    tabSize: /^( +)"/m.exec(text)?.[1]?.length ?? 2,
    eol: text.includes('\r\n') ? '\r\n' : '\n',
  };
  const edits = modify(text, path, present ? value : [value], {
    formattingOptions,
    isArrayInsertion: present !== undefined,
  });
  return applyEdits(text, edits);
}
