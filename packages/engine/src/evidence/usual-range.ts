import type { Manifest, Workspace, WorkspacePackage } from '../model/workspace.js';

/**
 * The range or protocol under which a manifest should list a workspace package. The dependent's own
 * style counts first, then the style of most packages, and the root's style last.
 */
export function usualRange(
  dependent: WorkspacePackage,
  provider: WorkspacePackage,
  { packages, rootManifest }: Workspace,
): string | undefined {
  const names = new Set(packages.flatMap(({ name }) => name ?? []));
  const isRoot = (source: Manifest): boolean => source.file === rootManifest?.file;
  const others = packages.flatMap(({ project, source }) =>
    source && project !== dependent.project && !isRoot(source) ? source : [],
  );
  const entriesOf = (manifests: readonly Manifest[]): readonly Entry[] =>
    manifests.flatMap(({ json }) =>
      Object.entries({ ...json.devDependencies, ...json.dependencies }).filter(([name]) => names.has(name)),
    );
  const own = dependent.source ? entriesOf([dependent.source]) : [];
  const theirs = entriesOf(others);
  const root = rootManifest ? entriesOf([rootManifest]) : [];
  // A catalog has an entry for each package, so only an entry for this package shows that there is one.
  const catalog = mostCommon(
    [...own, ...theirs, ...root].flatMap(([name, range]) =>
      name === provider.name && range.startsWith('catalog:') ? range : [],
    ),
  );
  const rangesOf = (entries: readonly Entry[]): readonly string[] =>
    entries.flatMap(([, range]) => inStyleOf(range, provider, catalog) ?? []);
  const aboutProvider = theirs.filter(([name]) => name === provider.name);
  return [own, aboutProvider, theirs, root]
    .map((entries) => mostCommon(rangesOf(entries)))
    .find((range) => range !== undefined);
}

type Entry = readonly [name: string, range: string];

/** The most frequent text, and the first of them if several are equally frequent. */
export function mostCommon(texts: readonly string[]): string | undefined {
  const counts = new Map<string, number>();
  for (const text of texts) counts.set(text, (counts.get(text) ?? 0) + 1);
  return [...counts].toSorted(([, a], [, b]) => b - a)[0]?.[0];
}

/** The range for the provider that is written like another entry. A path to a folder cannot be copied. */
function inStyleOf(
  range: unknown,
  provider: WorkspacePackage,
  catalog: string | undefined,
): string | undefined {
  if (typeof range !== 'string') return undefined;
  if (range.startsWith('catalog:')) return catalog;
  if (range === '*' || /^workspace:[*~^]?$/.test(range)) return range;
  const [, protocol = '', operator] = /^(workspace:)?([~^]?)\d/.exec(range) ?? [];
  const version = provider.source?.json.version;
  return operator === undefined || !version ? undefined : `${protocol}${operator}${version}`;
}
