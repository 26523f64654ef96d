import type { Manifest } from '../model/workspace.js';

/**
 * How a manifest declares a package: so that whoever installs the manifest's package gets it, too; for development alone; or not at
 * all. The package itself is always there.
 */
export function declaredIn(
  manifest: Manifest | undefined,
  name: string,
): 'installed' | 'development' | undefined {
  const json = manifest?.json;
  if (!json) return undefined;
  if (json.name === name) return 'installed';
  const { dependencies, peerDependencies, optionalDependencies, devDependencies } = json;
  // npm puts what is bundled among the dependencies where it does not stand there.
  const bundled: unknown = json.bundleDependencies ?? json.bundledDependencies;
  if (Array.isArray(bundled) && bundled.includes(name)) return 'installed';
  const has = (field: Readonly<Record<string, string>> | undefined): boolean =>
    typeof field === 'object' && field !== null && Object.hasOwn(field, name);
  if ([dependencies, peerDependencies, optionalDependencies].some(has)) return 'installed';
  return has(devDependencies) ? 'development' : undefined;
}
