import type { PrivateDependency } from '../model/manifest-faults.js';
import type { Workspace, WorkspacePackage } from '../model/workspace.js';
import { locateInManifest } from '../read/locate-in-manifest.js';
import { packagesByName } from '../read/packages-by-name.js';

const FIELDS = ['dependencies', 'peerDependencies'] as const;

/**
 * Private workspace packages that a public package declares as needed. npm refuses to publish them
 * (`npm help package.json`, "private"), so consumers of the public package cannot install them.
 * Optional peers and bundled packages (`bundleDependencies`) are left out.
 */
export function privateDependenciesOf(
  workspace: Workspace,
  pkg: WorkspacePackage,
): readonly PrivateDependency[] {
  const manifest = pkg.published;
  if (!manifest || !pkg.publication.published) return [];
  const json = manifest.json as unknown as Readonly<Record<string, unknown>>;
  const brought = json['bundleDependencies'] ?? json['bundledDependencies'];
  if (brought === true) return [];
  const isBrought = (name: string): boolean => Array.isArray(brought) && brought.includes(name);
  const optional = (json['peerDependenciesMeta'] ?? {}) as Readonly<Record<string, { optional?: boolean }>>;
  const providers = packagesByName(workspace);
  return FIELDS.flatMap((field) =>
    Object.keys(manifest.json[field] ?? {}).flatMap((name): readonly PrivateDependency[] => {
      const provider = providers.get(name);
      if (!provider || provider === pkg || isBrought(name)) return [];
      if ((provider.published ?? provider.source)?.json.private !== true) return [];
      if (field === 'peerDependencies' && optional[name]?.optional === true) return [];
      return [
        {
          name,
          provider: provider.project,
          place: locateInManifest(manifest, [field, name], 'key'),
          privatePlace: locateInManifest((provider.published ?? provider.source)!, ['private'], 'value'),
          // Only the missing "private" says that a package is meant for others.
          isMeantForOthers: ['publishConfig', 'files', 'repository'].some((key) => json[key] !== undefined),
        },
      ];
    }),
  );
}
