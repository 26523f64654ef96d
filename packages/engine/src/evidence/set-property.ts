import { findNodeAtLocation, modify, parseTree } from 'jsonc-parser';
import type { Node } from 'jsonc-parser';
import type { Edit } from '../model/report.js';
import type { Manifest } from '../model/workspace.js';

type Path = readonly (string | number)[];

/**
 * The edit that sets or removes a value in a manifest. It changes only that entry: other entries
 * keep their formatting, an object on one line stays on one line, and sorted entries stay sorted.
 */
export function setProperty(
  { file, text }: Pick<Manifest, 'file' | 'text'>,
  path: Path,
  value: unknown,
): readonly Edit[] {
  const root = parseTree(text);
  const present = root && nodeAt(root, path);
  const parentPath = path.slice(0, -1);
  const parent = root && nodeAt(root, parentPath);
  // The library would remove the first of two equal keys, which has no meaning.
  if (value === undefined && present !== (root && findNodeAtLocation(root, [...path]))) return [];
  if (value !== undefined && parent && parent.type !== 'object' && parent.type !== 'array')
    return setProperty({ file, text }, parentPath, { [String(path.at(-1))]: value });
  if (present && value !== undefined) {
    const isInline =
      present.length > 2 && !text.slice(present.offset, present.offset + present.length).includes('\n');
    const written = isInline ? inline(value) : rendered(value, formatAt(text, present));
    return [{ file, start: present.offset, end: present.offset + present.length, text: written }];
  }
  if (value === undefined || !root || (parent && parent.type !== 'object'))
    return modify(text, [...path], value, { formattingOptions: FORMATTING }).map(
      ({ offset, length, content }) => ({
        file,
        start: offset,
        end: offset + length,
        text: content,
      }),
    );
  if (!parent) return setProperty({ file, text }, parentPath, { [String(path.at(-1))]: value });
  const sorts = String(path[0]).endsWith('ependencies');
  return [inserted(file, text, parent, { key: String(path.at(-1)), value, sorts })];
}

/** The value at a path. Of equal keys, the last one counts, as for `JSON.parse`. */
function nodeAt(root: Node, path: Path): Node | undefined {
  let node: Node | undefined = root;
  for (const part of path) {
    node =
      typeof part === 'number'
        ? node?.type === 'array'
          ? node.children?.[part]
          : undefined
        : node?.type === 'object'
          ? node.children?.findLast((entry) => keyOf(entry) === part)?.children?.[1]
          : undefined;
  }
  return node;
}

const FORMATTING = { insertSpaces: true, tabSize: 2, eol: '\n' };

interface Entry {
  readonly key: string;
  readonly value: unknown;
  /** Whether the order of the entries has no meaning, so that they may be sorted by name. */
  readonly sorts: boolean;
}

function inserted(file: string, text: string, parent: Node, { key, value, sorts }: Entry): Edit {
  const entries = parent.children ?? [];
  const format = formatAt(text, entries[0] ?? parent);
  const isInline = entries.length > 0 && !text.slice(parent.offset, entries.at(-1)!.offset).includes('\n');
  const property = `${JSON.stringify(key)}: ${isInline ? inline(value) : rendered(value, format)}`;
  const next = sorts && isSorted(entries) ? entries.find((entry) => keyOf(entry) > key) : undefined;
  if (next) {
    const gap = isInline ? ' ' : `${format.eol}${format.indent}`;
    return { file, start: next.offset, end: next.offset, text: `${property},${gap}` };
  }
  const last = entries.at(-1);
  if (last) {
    const end = last.offset + last.length;
    const gap = isInline ? ' ' : `${format.eol}${format.indent}`;
    return { file, start: end, end, text: `,${gap}${property}` };
  }
  const inner = `${format.indent}${format.unit}`;
  const alone = `{${format.eol}${inner}${JSON.stringify(key)}: ${rendered(value, { ...format, indent: inner })}${format.eol}${format.indent}}`;
  return { file, start: parent.offset, end: parent.offset + parent.length, text: alone };
}

interface Format {
  /** The indentation of the line that contains the place. */
  readonly indent: string;
  /** One level of indentation. */
  readonly unit: string;
  readonly eol: string;
}

function formatAt(text: string, { offset }: Node): Format {
  const line = text.slice(text.lastIndexOf('\n', offset - 1) + 1, offset);
  const indent = /^[ \t]*/.exec(line)![0];
  const unit = /^([ \t]+)"/m.exec(text)?.[1] ?? '  ';
  return { indent, unit, eol: text.includes('\r\n') ? '\r\n' : '\n' };
}

function rendered(value: unknown, { indent, unit, eol }: Format): string {
  return JSON.stringify(value, null, unit).replaceAll('\n', `${eol}${indent}`);
}

/** `{ "a": "b" }`, as people write it on one line. */
function inline(value: unknown): string {
  if (typeof value !== 'object' || value === null) return JSON.stringify(value);
  if (Array.isArray(value)) return `[${value.map(inline).join(', ')}]`;
  const entries = Object.entries(value).map(([key, inner]) => `${JSON.stringify(key)}: ${inline(inner)}`);
  return entries.length > 0 ? `{ ${entries.join(', ')} }` : '{}';
}

/** An object with one entry does not show whether entries are sorted. */
function isSorted(entries: readonly Node[]): boolean {
  const keys = entries.map(keyOf);
  return keys.length > 1 && keys.every((key, index) => index === 0 || keys[index - 1]! <= key);
}

function keyOf(entry: Node): string {
  return String(entry.children?.[0]?.value);
}
