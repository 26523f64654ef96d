import type { FixIdea } from '../model/fix-idea.js';
import type { Manifest, Workspace, WorkspacePackage } from '../model/workspace.js';
import { cycleThrough } from '../read/dependency-paths.js';
import type { DependencyUse } from '../rules/look-up.js';
import { changeManifest } from './change-manifest.js';
import type { ManifestChange } from './change-manifest.js';
import { mostCommon, usualRange } from './usual-range.js';

type Field = 'dependencies' | 'devDependencies' | 'peerDependencies';

/**
 * Declares a package, of the workspace or from outside, in the field that its use needs. An entry in
 * the devDependencies is moved. There is no edit if the edit would do harm: if it closes a cycle of
 * dependencies, or makes a published package depend on a private one.
 *
 * @param fallback the range for a workspace package if no manifest shows another style
 */
export function declareFix(
  workspace: Workspace,
  pkg: WorkspacePackage,
  name: string,
  use: DependencyUse,
  fallback = '*',
): FixIdea | undefined {
  const manifest = pkg.source;
  if (!manifest) return undefined;
  const provider = workspace.packages.find((other) => other.name === name);
  if (
    ['dependencies', 'peerDependencies', 'optionalDependencies'].some((field) => has(manifest, field, name))
  )
    return words(`make the build add "${name}" to the manifest that it writes: ${manifest.file} lists it`);
  const refusal = provider && refusalOf(workspace, pkg, provider, use);
  if (refusal !== undefined) return words(refusal);
  const known = has(manifest, 'devDependencies', name)
    ? manifest.json.devDependencies![name]
    : provider
      ? (usualRange(pkg, provider, workspace) ?? fallback)
      : rangeElsewhere(workspace, name);
  return fixFor(workspace, { pkg, manifest, name, known }, use);
}

function refusalOf(
  workspace: Workspace,
  pkg: WorkspacePackage,
  provider: WorkspacePackage,
  { developmentOnly }: DependencyUse,
): string | undefined {
  if (
    !developmentOnly &&
    pkg.publication.published &&
    (provider.published ?? provider.source)?.json.private === true
  )
    return `publish "${provider.name!}", or bundle it into "${pkg.name!}" and list it under devDependencies`;
  const cycle = cycleThrough(workspace, pkg, provider);
  if (!cycle) return undefined;
  const through = cycle.length > 2 ? ` through ${cycle.slice(1, -1).join(', ')}` : '';
  return `move the shared code to a package that both can depend on, or remove one of the imports: "${provider.name!}" already depends on "${pkg.name ?? pkg.project}"${through}, so declaring it creates a cycle that no build order resolves`;
}

interface Missing {
  readonly pkg: WorkspacePackage;
  readonly manifest: Manifest;
  readonly name: string;
  /** Undefined if no manifest of the workspace has a range. */
  readonly known: string | undefined;
}

function fixFor(workspace: Workspace, missing: Missing, use: DependencyUse): FixIdea {
  const { pkg, manifest, name, known } = missing;
  const isDev = has(manifest, 'devDependencies', name);
  const isPublished = pkg.publication.published;
  if (use.developmentOnly && !isDev) return added(missing, 'devDependencies', known);
  const peer = isPublished ? peerOfSiblings(workspace, pkg, name) : undefined;
  if (peer) {
    const besides = peer.alsoDev && !isDev ? change('devDependencies', name, known ?? peer.range) : [];
    return added(missing, 'peerDependencies', peer.range, besides);
  }
  if (isPublished && use.optional) return optionalPeer(missing);
  if (!isDev) return added(missing, 'dependencies', known);
  const removal: ManifestChange = { path: ['devDependencies', name], value: undefined };
  return {
    title: `move "${name}": "${known}" from the devDependencies to the dependencies in ${manifest.file}`,
    edits: changeManifest(manifest, [...change('dependencies', name, known!), removal]),
  };
}

function optionalPeer({ manifest, name, known }: Missing): FixIdea {
  const range = known === undefined ? undefined : peerRange(known);
  const entry = range === undefined ? `"${name}"` : `"${name}": "${range}"`;
  const meta: ManifestChange = { path: ['peerDependenciesMeta', name], value: { optional: true } };
  return {
    title: `add ${entry} to the peerDependencies in ${manifest.file}, and mark it as optional in peerDependenciesMeta`,
    edits:
      range === undefined ? [] : changeManifest(manifest, [...change('peerDependencies', name, range), meta]),
  };
}

function added(
  { manifest, name }: Missing,
  field: Field,
  range: string | undefined,
  besides: readonly ManifestChange[] = [],
): FixIdea {
  if (range === undefined) return words(`add "${name}" to the ${field} in ${manifest.file}`);
  return {
    title: `add "${name}": "${range}" to the ${field} in ${manifest.file}`,
    edits: changeManifest(manifest, [...change(field, name, range), ...besides]),
  };
}

function change(field: Field, name: string, range: string): readonly ManifestChange[] {
  return [{ path: [field, name], value: range }];
}

/** How the other packages declare it, if more of them list it as a peer than as a dependency. */
function peerOfSiblings(
  { packages }: Workspace,
  pkg: WorkspacePackage,
  name: string,
): { readonly range: string; readonly alsoDev: boolean } | undefined {
  const others = packages.flatMap(({ project, source }) => (source && project !== pkg.project ? source : []));
  const peers = others.filter((other) => has(other, 'peerDependencies', name));
  const dependents = others.filter((other) => !peers.includes(other) && has(other, 'dependencies', name));
  if (peers.length <= dependents.length) return undefined;
  const alsoDev = peers.filter((other) => has(other, 'devDependencies', name)).length * 2 > peers.length;
  return { range: mostCommon(peers.map(({ json }) => json.peerDependencies![name]!))!, alsoDev };
}

/** A peer with an exact version conflicts with every other version, so the version becomes a lower limit. */
function peerRange(range: string): string {
  return /^\d+\.\d+\.\d+/.test(range) ? `^${range}` : range;
}

/** The range that most packages use for a package from outside the workspace, or else the root. */
function rangeElsewhere({ packages, rootManifest }: Workspace, name: string): string | undefined {
  const rangeIn = ({ json }: Manifest): string | undefined =>
    [json.dependencies, json.devDependencies, json.peerDependencies, json.optionalDependencies]
      .map((field) => field?.[name])
      .find((range) => typeof range === 'string');
  const used = packages.flatMap(({ source }) =>
    source && source.file !== rootManifest?.file ? (rangeIn(source) ?? []) : [],
  );
  return mostCommon(used) ?? (rootManifest && rangeIn(rootManifest));
}

function has({ json }: Manifest, field: string, name: string): boolean {
  const entries = (json as Readonly<Record<string, unknown>>)[field];
  return typeof entries === 'object' && entries !== null && Object.hasOwn(entries, name);
}

function words(title: string): FixIdea {
  return { title, edits: [] };
}
