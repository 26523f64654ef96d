/**
 * Functions that compilers emit around `require('x')`, by their names. `namespace` helpers return
 * an object with the module's names and `default`. `default` helpers return `{ default: … }` or a
 * value whose `default` is the module's.
 */
const KINDS: Readonly<Record<string, InteropKind>> = {
  importstar: 'namespace', // TypeScript, tslib
  interoprequirewildcard: 'namespace', // Babel, SWC
  toesm: 'namespace', // esbuild, rolldown
  interopnamespace: 'namespace', // Rollup
  interopnamespacedefault: 'namespace',
  interopnamespacecompat: 'namespace',
  importdefault: 'default', // TypeScript, tslib
  interoprequiredefault: 'default', // Babel, SWC
  interopdefault: 'default', // Rollup
  interopdefaultlegacy: 'default',
  interopdefaultcompat: 'default',
};

export type InteropKind = 'namespace' | 'default';

/**
 * What a helper does with a module. Compilers vary case, underscores and numbers to keep names
 * unique.
 */
export function interopKind(calleeName: string | undefined): InteropKind | undefined {
  if (calleeName === undefined) return undefined;
  const plain = plainHelperName(calleeName);
  return Object.hasOwn(KINDS, plain) ? KINDS[plain] : undefined;
}

/**
 * What helpers return as `default`: the module's own if it is marked `__esModule`, otherwise the
 * whole module; or always an existing value.
 */
export type DefaultOf = 'marked' | 'whole';

/** Helpers that look for the mark, and for nothing else. */
const LOOK_FOR_MARK = new Set([
  'importstar',
  'interoprequirewildcard',
  'toesm',
  'interopnamespace',
  'importdefault',
  'interoprequiredefault',
  'interopdefault',
]);

/** See `DefaultOf`. */
export function defaultOf(calleeName: string | undefined): DefaultOf {
  return calleeName !== undefined && LOOK_FOR_MARK.has(plainHelperName(calleeName)) ? 'marked' : 'whole';
}

/** `__exportStar`, `_export_star`, `exportStar$1` → `exportstar`. */
export function plainHelperName(name: string): string {
  return name
    .replace(/\$?\d+$/, '')
    .replaceAll('_', '')
    .toLowerCase();
}
