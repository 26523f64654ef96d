import { remembered } from '../collections/remembered.js';
import type { FederationConfig } from '../model/federation.js';
import { placeOf } from '../model/place.js';
import type { FilePath } from '../model/place.js';
import type { Workspace, WorkspacePackage } from '../model/workspace.js';
import { federationConfig } from '../parse/federation-config.js';
import { extensionOf } from '../parse/language-of.js';
import type { Disk } from '../read/disk.js';
import { joinPath } from '../read/file-path.js';
import { packageNameIn } from './path-alias.js';
import type { Resolution } from './resolution.js';

interface ReadConfig extends FederationConfig {
  readonly file: FilePath;
}

const OWN_CONFIG = /^(?:module-)?federation\.config(?:\.[\w-]+)*\.[cm]?[jt]s$/;
const BUNDLER_CONFIG = /^(?:webpack|rspack|rsbuild|vite|next|modern|craco)\.config(?:\.[\w-]+)*\.[cm]?[jt]s$/;
const known = new WeakMap<Disk, Map<FilePath, ReadConfig | undefined>>();

const federations = new WeakMap<Workspace, readonly WorkspacePackage[]>();

/** The module federation of one project; undefined if it has none. */
export function federationOf(disk: Disk, { root }: WorkspacePackage): ReadConfig | undefined {
  const ofDisk = known.get(disk) ?? new Map<FilePath, ReadConfig | undefined>();
  known.set(disk, ofDisk);
  return remembered(ofDisk, root, () => {
    const names = disk.filesIn(root);
    const files = [
      ...names.filter((name) => OWN_CONFIG.test(name)),
      ...names.filter((name) => BUNDLER_CONFIG.test(name)),
    ];
    const merged: ReadConfig[] = files.flatMap((name) => {
      const file = joinPath(root, name);
      const text = disk.readText(file) ?? '';
      if (!/\b(?:remotes|exposes)\b/.test(text) || !(OWN_CONFIG.test(name) || /federation/i.test(text)))
        return [];
      const config = federationConfig(text, extensionOf(file));
      return config ? [{ ...config, file }] : [];
    });
    const [first] = merged;
    if (!first) return undefined;
    const exposing = merged.find(({ exposesAt }) => exposesAt) ?? first;
    const name = merged.find((config) => config.name !== undefined)?.name;
    const { exposesAt, file } = exposing;
    return {
      file,
      ...(name !== undefined && { name }),
      remotes: merged.flatMap(({ remotes }) => remotes),
      exposes: merged.flatMap(({ exposes }) => exposes),
      ...(exposesAt && { exposesAt }),
      open: merged.some(({ open }) => open),
    };
  });
}

/** Whether a package exposes a specifier to its hosts, so that a path alias for it only gives its types. */
export function exposesAlias(disk: Disk, pkg: WorkspacePackage, specifier: string): boolean {
  const config = federationOf(disk, pkg);
  if (!config) return false;
  const { subpath, name } = split(specifier);
  return isNamed(pkg, config, name) && (config.open || config.exposes.some(({ key }) => key === subpath));
}

/**
 * A specifier that a bundler takes for a module of another application, which is loaded from a server while the program runs.
 * If that application belongs to the workspace, its configuration has to expose the module.
 */
export function resolveRemote(
  disk: Disk,
  workspace: Workspace,
  specifier: string,
  asking: WorkspacePackage | undefined,
): Resolution | undefined {
  const federated = remembered(federations, workspace, () =>
    workspace.packages.filter((pkg) => federationOf(disk, pkg)),
  );
  if (federated.length === 0) return undefined;
  const { name, subpath } = split(specifier);
  const own = asking && federationOf(disk, asking);
  const remote = own?.remotes.find((candidate) => candidate.name === name);
  const container = remote?.container ?? name;
  const provider = federated.find((pkg) => {
    const config = pkg === asking ? undefined : federationOf(disk, pkg);
    return config !== undefined && isNamed(pkg, config, container);
  });
  const opaque = { kind: 'opaque' as const, reason: `"${name}" is loaded by module federation` };
  const config = provider && federationOf(disk, provider);
  const isExposed = config?.exposes.some(({ key }) => key === subpath) === true;
  if (!remote) return isExposed ? opaque : undefined;
  if (!provider || !config?.exposesAt || config.open || isExposed) return opaque;
  const offered = config.exposes.map(({ key }) => key);
  const place = placeOf(config.file, config.exposesAt);
  return {
    kind: 'package',
    pkg: provider,
    subpath,
    entry: { outcome: 'not-listed', subpath, offered, place, exposed: true },
  };
}

function isNamed(pkg: WorkspacePackage, { name }: FederationConfig, container: string): boolean {
  return [name, pkg.project, pkg.name].includes(container);
}

function split(specifier: string): { readonly name: string; readonly subpath: string } {
  const name = packageNameIn(specifier);
  return { name, subpath: `.${specifier.slice(name.length)}` };
}
