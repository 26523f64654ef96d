/**
 * Why Node and TypeScript cannot resolve a specifier, so that a bundler, a loader or the running
 * program must; undefined if they can. Check for builtins first, because `node:fs` has a scheme,
 * too.
 *
 * @param isKnown whether a package has a name, even if npm accepts no such name
 */
export function opaqueReason(
  specifier: string,
  isKnown: (packageName: string) => boolean = () => false,
): string | undefined {
  if (specifier === '') return 'the specifier is empty';
  if (specifier.includes('\0')) return 'the specifier is a virtual module of a bundler';
  if (/^[a-z][a-z0-9+.-]+:/i.test(specifier)) {
    return `"${specifier.slice(0, specifier.indexOf(':') + 1)}" is resolved by a bundler or the platform`;
  }
  if (specifier.includes('!')) return 'the specifier names loaders of a bundler';
  // `#` at the start is a subpath import; elsewhere, as `?`, it ends the path.
  if (/[?]|.#/.test(specifier)) return 'a bundler or loader interprets the query or fragment';
  if (/^[/\\]|^[a-z]:[/\\]/i.test(specifier))
    return 'an absolute path depends on the machine or the web server';
  if (/^\.{1,2}(\/|$)/.test(specifier) || specifier.startsWith('#')) return undefined;
  const name = /^(@[^/]*\/)?[^/]*/.exec(specifier)![0];
  const mayExist = PACKAGE_NAME.test(name) || isKnown(name);
  return mayExist && name !== 'node_modules' && name !== 'favicon.ico'
    ? undefined
    : `"${name}" is not the name of a package`;
}

/** What npm accepts (validate-npm-package-name): parts that a URL holds as they are written. */
const PACKAGE_NAME = /^(?:@[\w.~-]+\/)?[a-z\d-][\w.~-]*$/i;
