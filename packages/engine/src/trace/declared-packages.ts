import type { Manifest } from '../model/workspace.js';

/**
 * How a manifest declares a package: consumers of the manifest's package get it as well, it is only
 * for development, or it is not declared. The package itself always exists.
 */
export function declaredIn(
  manifest: Manifest | undefined,
  name: string,
): 'installed' | 'development' | undefined {
  const json = manifest?.json;
  if (!json) return undefined;
  if (json.name === name) return 'installed';
  const { dependencies, peerDependencies, optionalDependencies, devDependencies } = json;
  // npm adds bundled packages to the dependencies if they are not declared there.
  const bundled: unknown = json.bundleDependencies ?? json.bundledDependencies;
  if (Array.isArray(bundled) && bundled.includes(name)) return 'installed';
  const has = (field: Readonly<Record<string, string>> | undefined): boolean =>
    typeof field === 'object' && field !== null && Object.hasOwn(field, name);
  if ([dependencies, peerDependencies, optionalDependencies].some(has)) return 'installed';
  return has(devDependencies) ? 'development' : undefined;
}
