import { ContextFilter } from './context-filter.js';
import { readIgnorePatterns } from './ignore-pattern.js';
import type { IgnorePattern } from './ignore-pattern.js';

/**
 * A line that includes the files again if it is added after the pattern that excludes them. It is
 * an exception for the innermost folder with all files, or for its contents if the folder itself is
 * not excluded.
 *
 * @param files relative to the context
 * @returns undefined if no such line works, because other lines exclude the files as well
 */
export function ignoreException(
  patterns: readonly IgnorePattern[],
  by: IgnorePattern,
  files: readonly string[],
): string | undefined {
  const folder = commonFolder(files);
  const paths = files.length === 1 ? [files[0]!] : folder === '' ? [] : [folder, `${folder}/**`];
  return paths
    .map((path) => `!${path}`)
    .find((line) => {
      const [exception] = readIgnorePatterns('', line).patterns;
      const changed = patterns.flatMap((pattern) => (pattern === by ? [pattern, exception!] : [pattern]));
      const filter = new ContextFilter(changed);
      return files.every((file) => filter.verdictOn(file).kept);
    });
}

function commonFolder(files: readonly string[]): string {
  const [first = [], ...others] = files.map((file) => file.split('/').slice(0, -1));
  const differs = first.findIndex((part, index) => others.some((other) => other[index] !== part));
  return (differs < 0 ? first : first.slice(0, differs)).join('/');
}
