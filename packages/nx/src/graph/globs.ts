/**
 * Makes the test whether a path matches one of the globs, and none of the others. Files whose name
 * begins with a dot match as well. The library is loaded if a glob needs it, because most tasks
 * need none.
 */
export function globTest(
  globs: string | readonly string[],
  ignored: readonly string[] = [],
): (path: string) => boolean {
  const wanted = [globs].flat();
  if (ignored.length === 0 && wanted.includes('**/*')) return (path) => !path.startsWith('../');
  const picomatch = require('picomatch') as typeof import('picomatch');
  return picomatch(wanted, { dot: true, ignore: [...ignored] });
}
