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
  if (written !== false && written.some((glob) => covers(glob, path))) return undefined;
  return {
    place: locateInManifest(scope.manifest, ['sideEffects'], 'value'),
    written,
    path: `./${path}`,
  };
}

function covers(glob: string, path: string): boolean {
  const plain = glob.replace(/^\.\//, '');
  return globTest(plain.includes('/') ? plain : `**/${plain}`, { dot: true })(path);
}

function isStrings(value: unknown): value is readonly string[] {
  return Array.isArray(value) && value.every((item) => typeof item === 'string');
}
