import { remembered } from '../collections/remembered.js';
import { globTest } from '../read/glob-test.js';
import type { FilePath } from '../model/place.js';
import type { SideEffectsClaim } from '../model/required-module.js';
import type { Disk } from '../read/disk.js';
import { pathWithin } from '../read/file-path.js';
import { locateInManifest } from '../read/locate-in-manifest.js';
import { packageScopeOf } from '../read/package-scope.js';

/**
 * The `sideEffects` of a module's manifest, if it allows bundlers to leave the module out. It is
 * `false`, or globs that do not match the module ([as webpack reads
 * them](https://webpack.js.org/guides/tree-shaking/): a glob without a slash matches at any depth).
 */
export function sideEffectsClaim(disk: Disk, file: FilePath): SideEffectsClaim | undefined {
  const scope = packageScopeOf(disk, file);
  const written = scope?.manifest?.json.sideEffects;
  if (!scope?.manifest || (written !== false && !isStrings(written))) return undefined;
  const path = pathWithin(scope.folder, file);
  if (written !== false && keptBy(written)(path)) return undefined;
  return {
    place: locateInManifest(scope.manifest, ['sideEffects'], 'value'),
    written,
    path: `./${path}`,
  };
}

const testsByGlobs = new WeakMap<readonly string[], (path: string) => boolean>();

/** Whether one of the globs matches a path. They are compiled once, because there may be thousands of them. */
function keptBy(globs: readonly string[]): (path: string) => boolean {
  return remembered(testsByGlobs, globs, () => {
    const plain = globs.map((glob) => glob.replace(/^\.\//, ''));
    const literal = new Set(plain.filter(isLiteral));
    const tests = plain
      .filter((glob) => !isLiteral(glob))
      .map((glob) => globTest(glob.includes('/') ? glob : `**/${glob}`, { dot: true }));
    return (path) =>
      literal.has(path) || literal.has(path.replace(/^.*\//, '')) || tests.some((test) => test(path));
  });
}

/** Without wildcards and escapes a glob is a path, or a name in any folder. */
function isLiteral(glob: string): boolean {
  return /^[\w@. /-]+$/.test(glob) && !/^@?\//.test(glob) && !/\/\/|\/$|^\.\.?$|(^|\/)\.\.?\//.test(glob);
}

function isStrings(value: unknown): value is readonly string[] {
  return Array.isArray(value) && value.every((item) => typeof item === 'string');
}
