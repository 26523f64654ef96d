/**
 * Makes the test whether a path matches one of the globs, and none of the others. Files whose name
 * begins with a dot match as well. The library is loaded with the first path that needs it.
 * Most tasks have none.
 */
export function globTest(
  globs: string | readonly string[],
  ignored: readonly string[] = [],
): (path: string) => boolean {
  const wanted = [globs].flat();
  if (ignored.length === 0 && wanted.includes('**/*')) return (path) => !path.startsWith('../');
  let test: ((path: string) => boolean) | undefined;
  return (path) => (test ??= picomatchTest(wanted, ignored))(path);
}

function picomatchTest(wanted: readonly string[], ignored: readonly string[]): (path: string) => boolean {
  const picomatch = require('picomatch') as typeof import('picomatch');
  return picomatch([...wanted], { dot: true, ignore: [...ignored] });
}
