import nodePath from 'node:path';

/**
 * Sources are looked up from the root of the copied folder, which `..` cannot leave; the pivot of
 * `--parents` stays.
 */
export function rooted(path: string): string {
  const parts = path.split('/./').map((part) => nodePath.posix.join('/', part).replace(/(?<=.)\/$/, ''));
  return parts.map((part) => (part === '/' && parts.length > 1 ? '' : part)).join('/.') || '/';
}

/** The JSON form of an instruction. */
export function isJson(content: string): boolean {
  return content.startsWith('[');
}

/** The arguments of the shell form, or of the JSON form if the text is an array of strings. */
export function pathsOf(words: readonly string[], content: string): readonly string[] {
  if (isJson(content)) {
    try {
      const parsed: unknown = JSON.parse(content.replace(/\\\r?\n/g, ''));
      if (Array.isArray(parsed)) return parsed.map(String);
    } catch {
      // Docker reads anything that is not JSON as the shell form.
    }
  }
  return words.map(unquoted);
}

/** A word without the quotes around it. */
export function unquoted(word: string): string {
  return /^(["'])(.*)\1$/s.exec(word)?.[2] ?? word;
}
