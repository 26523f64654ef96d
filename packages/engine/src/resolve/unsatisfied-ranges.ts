import satisfies from 'semver/functions/satisfies.js';
import validRange from 'semver/ranges/valid.js';
import type { UnsatisfiedRange } from '../model/manifest-faults.js';
import type { Workspace, WorkspacePackage } from '../model/workspace.js';
import type { Disk } from '../read/disk.js';
import { isWithin, joinPath } from '../read/file-path.js';
import { locateInManifest } from '../read/locate-in-manifest.js';
import { nearestInstalled } from '../read/nearest-installed.js';
import { knownPackageManager } from '../read/package-manager.js';
import { packagesByName } from '../read/packages-by-name.js';
import { tolerantManifest } from './required-file.js';

const FIELDS = ['dependencies', 'devDependencies', 'optionalDependencies', 'peerDependencies'] as const;

/**
 * Dependencies on workspace packages whose version does not satisfy the range, so that the package
 * manager does not link them. npm (`depValid`), pnpm with `link-workspace-packages` and yarn use a
 * version from the registry. A range after `workspace:` ends the installation (pnpm:
 * ERR_PNPM_NO_MATCHING_VERSION_INSIDE_WORKSPACE).
 *
 * If the dependent has another copy that satisfies the range, that version was meant. Prereleases
 * follow npm's rules; Yarn from version 2 on lets them satisfy ranges. Ranges that are no version
 * ranges (`file:`, `link:`, `npm:`, `catalog:`, an address, a tag, a path or an alias after
 * `workspace:`) are left out.
 */
export function unsatisfiedRangesOf(
  disk: Disk,
  workspace: Workspace,
  pkg: WorkspacePackage,
): readonly UnsatisfiedRange[] {
  const { source } = pkg;
  if (!source) return [];
  const providers = packagesByName(workspace);
  const manager = managerOf(disk, workspace);
  const found = new Map<string, UnsatisfiedRange>();
  for (const field of FIELDS) {
    for (const [name, written] of Object.entries(source.json[field] ?? {})) {
      const provider = providers.get(name);
      if (!provider?.source || provider === pkg) continue;
      const protocol = written.startsWith('workspace:');
      const range = protocol ? written.slice('workspace:'.length) : written;
      const { version } = provider.source.json;
      // npm installs peers; another declaration of the same package comes first.
      const isForced =
        manager === 'npm' &&
        !FIELDS.some((other) => other !== field && source.json[other]?.[name] !== undefined);
      const verdict = satisfaction(range, version, manager);
      if (verdict === 'yes' || (!protocol && hasFittingCopy(disk, pkg, provider, range))) continue;
      const place = locateInManifest(source, [field, name], 'value');
      const known = found.get(name);
      if (known) {
        found.set(name, { ...known, others: [...known.others, { field, range: written, place }] });
        continue;
      }
      found.set(name, {
        field,
        name,
        provider: provider.project,
        range: written,
        ...(version !== undefined && { version }),
        place,
        others: [],
        versionPlace: locateInManifest(provider.source, ['version'], 'value'),
        protocol,
        depends:
          verdict === 'depends' || !isManaged(disk, workspace) || (field === 'peerDependencies' && !isForced),
      });
    }
  }
  return [...found.values()];
}

type Manager = 'npm' | 'pnpm' | 'yarn' | 'yarn-1' | undefined;

/**
 * The package manager whose rules for ranges apply; undefined if it is not known, or its rules are
 * not.
 */
function managerOf(disk: Disk, workspace: Workspace): Manager {
  const { name, major } = knownPackageManager(disk, workspace) ?? {};
  if (name === 'bun') return undefined;
  if (name !== 'yarn') return name;
  return major === undefined
    ? disk.isFile('.yarnrc.yml')
      ? 'yarn'
      : 'yarn-1'
    : major > 1
      ? 'yarn'
      : 'yarn-1';
}

/**
 * Whether a package manager links packages at all. If not, the range only matters for what is
 * published.
 */
function isManaged(disk: Disk, { rootManifest }: Workspace): boolean {
  return rootManifest?.json.workspaces !== undefined || disk.isFile('pnpm-workspace.yaml');
}

/** `depends`: package managers differ, and it is unknown which one is used. */
function satisfaction(
  range: string,
  version: string | undefined,
  manager: Manager,
): 'yes' | 'no' | 'depends' {
  if (['', '*', '^', '~'].includes(range.trim())) return 'yes';
  if (version !== undefined && isRangeOf(version, range)) return 'yes';
  if (validRange(range, { loose: true }) === null) return 'yes';
  // A package without a version is 0.0.0, except for npm, which accepts only `*` for it.
  if (version === undefined && (manager === 'npm' || manager === undefined)) return 'no';
  const actual = version ?? '0.0.0';
  if (satisfies(actual, range, { loose: true })) return 'yes';
  if (!satisfies(actual, range, { loose: true, includePrerelease: true })) return 'no';
  if (manager === undefined) return 'depends';
  return manager === 'yarn' ? 'yes' : 'no';
}

/** The usual ranges, so that the library is loaded only for others. */
function isRangeOf(version: string, range: string): boolean {
  return /^\d+\.\d+\.\d+$/.test(version) && /^(?:\^|~|>=)?/.exec(range)![0] + version === range;
}

/** Whether the dependent has another copy that satisfies its range, so that version was meant. */
function hasFittingCopy(
  disk: Disk,
  pkg: WorkspacePackage,
  provider: WorkspacePackage,
  range: string,
): boolean {
  const copy = nearestInstalled(disk, pkg.root, provider.name!);
  const real = copy === undefined ? undefined : disk.realPath(copy);
  if (copy === undefined || real === undefined) return false;
  if (isWithin(provider.root, real) || isWithin(provider.publishedRoot, real)) return false;
  const version = tolerantManifest(disk, joinPath(copy, 'package.json'))?.json.version;
  return typeof version === 'string' && satisfies(version, range, { loose: true });
}
