import type { FileReference } from '../../model/file-reference.js';

/** Vite writes the table after minifying, so that the name is kept and the array is JSON. */
const VITE_TABLE = /\b__vite__mapDeps\s*=\s*\([^[\]]*?\(m\.f\s*\|\|\s*\(m\.f\s*=\s*(\[[^\]]*\])/;
const STRING = /"((?:[^"\\]|\\.)*)"/g;

/**
 * Vite's table of files that load together with dynamic imports: scripts to preload, and styles,
 * without which the import fails.
 */
export function viteChunks(text: string): readonly FileReference[] {
  if (!text.includes('__vite__mapDeps')) return [];
  const match = VITE_TABLE.exec(text);
  if (!match) return [];
  const offset = match.index + match[0].length - match[1]!.length;
  return [...match[1]!.matchAll(STRING)].flatMap(([quoted, path], at, all): readonly FileReference[] => {
    if (/^[a-z][a-z\d+.-]*:|^\/\//i.test(path!)) return [];
    const start = offset + all[at]!.index;
    const base = path!.startsWith('.') ? 'module' : 'site';
    const span = { start, end: start + quoted.length };
    return [{ kind: 'chunk', path: path!, base, guarded: false, deferred: true, ...span }];
  });
}

/**
 * `"/assets/logo-CY6U2PQi.png"`: an imported file in Vite's output, with the hash of its content in
 * its name.
 */
const HASHED =
  /(["'`])(\/[^"'`\s?#<>{}]{1,300}-[\w-]{8}\.(?:png|jpe?g|gif|svg|webp|avif|ico|woff2?|ttf|otf|eot|mp4|webm|mp3|wav|pdf|wasm|json|txt|css|m?js))\1/g;

/** Files that scripts of a page name by their whole public path. */
export function hashedFiles(text: string): readonly FileReference[] {
  return [...text.matchAll(HASHED)].map(({ 0: whole, 2: path, index }) => ({
    kind: 'url',
    path: path!,
    base: 'site',
    literal: true,
    guarded: false,
    start: index,
    end: index + whole.length,
  }));
}

const SOURCE_MAP = /^[ \t]*(?:\/\/|\/\*)[#@]\s*sourceMappingURL=([^\s'"*]+)[ \t]*(?:\*\/)?\s*$/m;

/** The map that a file's last line names; data URLs contain the map. */
export function sourceMapReference(text: string): readonly FileReference[] {
  const at = text.lastIndexOf('sourceMappingURL=');
  if (at === -1) return [];
  const line = text.lastIndexOf('\n', at) + 1;
  const match = SOURCE_MAP.exec(text.slice(line));
  if (!match || match.index !== 0 || /^[a-z][a-z\d+.-]*:|^\/\//i.test(match[1]!)) return [];
  const start = at + 'sourceMappingURL='.length;
  const path = match[1]!.replace(/[?#].*$/s, '');
  return [{ kind: 'source-map', path, base: 'module', guarded: false, start, end: start + match[1]!.length }];
}
