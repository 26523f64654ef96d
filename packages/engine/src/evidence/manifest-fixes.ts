import type { UnsatisfiedRange } from '../model/manifest-faults.js';
import type { Edit } from '../model/report.js';
import type { Manifest, Workspace, WorkspacePackage } from '../model/workspace.js';
import type { FixIdea } from '../model/fix-idea.js';
import { setProperty } from './set-property.js';

/**
 * Declares a workspace package as a dependency with the protocol or range that the workspace
 * already uses: that of another package's entry for the same package, or for another workspace
 * package.
 *
 * @param fallback the range if there is no such entry; npm links `*` to the workspace
 */
export function dependencyFix(
  dependent: WorkspacePackage,
  provider: WorkspacePackage,
  packages: readonly WorkspacePackage[],
  fallback = '*',
): FixIdea | undefined {
  if (!dependent.source || provider.name === undefined) return undefined;
  const range = usualRange(provider, packages) ?? fallback;
  return {
    title: `add "${provider.name}": "${range}" to the dependencies in ${dependent.source.file}`,
    edits: setProperty(dependent.source, ['dependencies', provider.name], range),
  };
}

/**
 * Changes a range so that it allows the workspace's version. Protocol and operator stay; the
 * default operator is `^`.
 */
export function rangeFix(
  dependent: WorkspacePackage,
  { field, name, range, version }: UnsatisfiedRange,
): FixIdea | undefined {
  if (!dependent.source) return undefined;
  const [, protocol = '', operator = '', bare] = /^(workspace:)?(?:([~^])|(v?\d+\.\d+\.\d+))?/.exec(range)!;
  const wanted =
    version === undefined ? `${protocol}*` : `${protocol}${bare ? '' : operator || '^'}${version}`;
  return {
    title: `change the range to "${name}": "${wanted}" in ${dependent.source.file}`,
    edits: setProperty(dependent.source, [field, name], wanted),
  };
}

/**
 * Adds a package from outside the workspace to the dependencies, with the range that the workspace
 * already uses for it: from the package's own devDependencies, the root manifest or another
 * package. There is no edit if no manifest has a range, or if the build writes the manifest.
 */
export function externalFix(pkg: WorkspacePackage, name: string, workspace: Workspace): FixIdea | undefined {
  const manifest = pkg.source;
  const declared = manifest?.json.dependencies?.[name] !== undefined;
  const sibling = workspace.packages.find(({ name: own }) => own === name);
  if (sibling && !declared) return dependencyFix(pkg, sibling, workspace.packages);
  const own = manifest?.json.devDependencies?.[name];
  const range =
    own ?? rangeOf(name, [workspace.rootManifest, ...workspace.packages.map(({ source }) => source)]);
  if (!manifest) return undefined;
  if (declared)
    return {
      title: `make the build add "${name}" to the manifest that it writes: ${manifest.file} lists it`,
      edits: [],
    };
  if (range === undefined)
    return { title: `add "${name}" to the dependencies in ${manifest.file}`, edits: [] };
  if (own === undefined) {
    return {
      title: `add "${name}": "${range}" to the dependencies in ${manifest.file}`,
      edits: setProperty(manifest, ['dependencies', name], range),
    };
  }
  return {
    title: `move "${name}": "${range}" from the devDependencies to the dependencies in ${manifest.file}`,
    edits: moved(manifest, name, range),
  };
}

function rangeOf(name: string, manifests: readonly (Manifest | undefined)[]): string | undefined {
  for (const manifest of manifests) {
    const { dependencies, peerDependencies, devDependencies, optionalDependencies } = manifest?.json ?? {};
    for (const field of [dependencies, devDependencies, peerDependencies, optionalDependencies]) {
      const range = field?.[name];
      if (typeof range === 'string') return range;
    }
  }
  return undefined;
}

/** One edit from the first to the last change, so that adding and removing cannot overlap. */
function moved(manifest: Manifest, name: string, range: string): readonly Edit[] {
  const added = applied(manifest.text, setProperty(manifest, ['dependencies', name], range));
  const text = applied(
    added,
    setProperty({ ...manifest, text: added }, ['devDependencies', name], undefined),
  );
  let start = 0;
  while (text[start] === manifest.text[start]) start += 1;
  let tail = 0;
  const shorter = Math.min(text.length, manifest.text.length) - start;
  while (tail < shorter && text.at(-1 - tail) === manifest.text.at(-1 - tail)) tail += 1;
  const end = manifest.text.length - tail;
  return [{ file: manifest.file, start, end, text: text.slice(start, text.length - tail) }];
}

function applied(text: string, edits: readonly Edit[]): string {
  return edits
    .toSorted((a, b) => b.start - a.start)
    .reduce((made, { start, end, text: put }) => made.slice(0, start) + put + made.slice(end), text);
}

/**
 * Adds paths to `files`, after the existing ones.
 *
 * @param isSource whether a person writes the manifest; otherwise the fix has no edits
 */
export function filesFieldFix(manifest: Manifest, paths: readonly string[], isSource: boolean): FixIdea {
  const { files } = manifest.json as { readonly files?: unknown };
  const listed = Array.isArray(files) ? files : [];
  return {
    title: `add ${paths.map((path) => JSON.stringify(path)).join(', ')} to "files" in ${manifest.file}`,
    edits: isSource ? setProperty(manifest, ['files'], [...listed, ...paths]) : [],
  };
}

function usualRange(provider: WorkspacePackage, packages: readonly WorkspacePackage[]): string | undefined {
  const names = new Set(packages.map(({ name }) => name));
  const all = packages.flatMap(({ source }) =>
    Object.entries({ ...source?.json.dependencies, ...source?.json.devDependencies }),
  );
  // An entry for the same package can be used unchanged. A path is the exception: it is different
  // from another folder.
  const same = all.find(
    ([name, range]) => name === provider.name && /^(workspace:[*~^]?$|catalog:)/.test(range),
  );
  if (same) return same[1];
  const version = provider.source?.json.version;
  for (const [name, range] of all) {
    if (!names.has(name)) continue;
    if (range === '*' || /^workspace:[*~^]?$/.test(range)) return range;
    const [, protocol = '', operator] = /^(workspace:)?([~^]?)\d/.exec(range) ?? [];
    if (operator !== undefined && version) return `${protocol}${operator}${version}`;
  }
  return undefined;
}
