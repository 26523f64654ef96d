import { posix } from 'node:path';
import type { ModuleRecord } from '../model/module-record.js';
import type { FilePath } from '../model/place.js';

/** A barrel, with the text and record that show its style. */
export interface Barrel {
  readonly file: FilePath;
  readonly text: string;
  readonly record: ModuleRecord;
}

export interface BarrelStyle {
  readonly quote: string;
  readonly semicolon: string;
  readonly newline: string;
  /** How relative specifiers end: as the emitted file, as the source, or not at all. */
  readonly extension: 'emitted' | 'source' | 'none';
}

/** How a module writes its imports. The default is single quotes, semicolons and extensions. */
export function styleOf({ text, record }: Pick<Barrel, 'text' | 'record'>): BarrelStyle {
  const relative = record.requests.filter(({ specifier }) => /^\.\.?(\/|$)/.test(specifier));
  const sample = relative[0] ?? record.requests[0];
  const quote = sample && text[sample.start] === '"' ? '"' : "'";
  const semicolon = sample && !/^[^\n]*;[ \t]*(\/\/[^\n]*)?\r?(\n|$)/.test(text.slice(sample.end)) ? '' : ';';
  const newline = newlineOf(text);
  if (relative.some(({ specifier }) => /\.[cm]?tsx?$/.test(specifier)))
    return { quote, semicolon, newline, extension: 'source' };
  const bare = relative.length > 0 && relative.every(({ specifier }) => !/\.[cm]?[jt]sx?$/.test(specifier));
  return { quote, semicolon, newline, extension: bare ? 'none' : 'emitted' };
}

/** The specifier with which one module imports another, quotes included. */
export function relativeSpecifier(from: FilePath, to: FilePath, { extension, quote }: BarrelStyle): string {
  const path = posix.relative(posix.dirname(from), to);
  const dotted = path.startsWith('.') ? path : `./${path}`;
  return `${quote}${ended(dotted, extension)}${quote}`;
}

function ended(path: string, extension: BarrelStyle['extension']): string {
  if (extension === 'source') return path;
  if (extension === 'none') return path.replace(/\.[cm]?[jt]sx?$/, '').replace(/\/index$/, '');
  return path.replace(/\.([cm]?)tsx?$/, '.$1js').replace(/\.jsx$/, '.js');
}

export function newlineOf(text: string): string {
  return text.includes('\r\n') ? '\r\n' : '\n';
}
