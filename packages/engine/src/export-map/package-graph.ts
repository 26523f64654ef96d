import type { MapData, MapFinding } from '../formats/map-data.js';

/** A package of the map. */
export interface MapPackage {
  /** The name that importers write, or the project's name. It is the key in links. */
  readonly name: string;
  /** Absent for a package that is imported but was not checked. */
  readonly checked?: MapData['projects'][number];
  readonly entryPoints: readonly MapEntryPoint[];
  readonly findings: MapFinding[];
  /** Whether a finding of severity error is about this package. */
  broken: boolean;
  /** The number of exported names that no checked project imports. */
  unused: number;
  readonly imports: MapEdge[];
  readonly importedBy: MapEdge[];
}

export interface MapEntryPoint {
  readonly subpath: string;
  readonly variants: MapData['projects'][number]['inventory']['entryPoints'][number]['variants'];
  readonly names: readonly MapName[];
  /** The packages that import all of it, or only load it: which names they use is unknown. */
  readonly wholeUsers: readonly NameUser[];
}

export interface MapName {
  readonly name: string;
  readonly users: readonly NameUser[];
  /** Whether a variant exports it. */
  readonly exported: boolean;
}

export interface NameUser {
  readonly package: string;
  readonly files: readonly string[];
  readonly broken: boolean;
}

/** One package imports from another. */
export interface MapEdge {
  readonly from: MapPackage;
  readonly to: MapPackage;
  /** The number of names. */
  names: number;
  broken: boolean;
}

export interface PackageGraph {
  readonly packages: readonly MapPackage[];
  readonly byName: ReadonlyMap<string, MapPackage>;
  readonly edges: readonly MapEdge[];
}

type Uses = Map<string, { package: string; files: readonly string[]; broken: boolean }[]>;

/** Connects the packages by what they import from each other. */
export function packageGraph(data: MapData): PackageGraph {
  const uses = new Map<string, Map<string, Uses>>();
  const names = new Map<string, string>();
  for (const project of data.projects) names.set(project.project, project.package ?? project.project);
  for (const project of data.projects)
    for (const { package: provider, entryPoint, names: imported } of project.imports) {
      const ofProvider = uses.get(provider) ?? new Map<string, Uses>();
      uses.set(provider, ofProvider);
      const ofEntry: Uses = ofProvider.get(entryPoint) ?? new Map();
      ofProvider.set(entryPoint, ofEntry);
      for (const { name = '', result, files } of imported) {
        const users = ofEntry.get(name) ?? [];
        ofEntry.set(name, users);
        users.push({ package: names.get(project.project)!, files, broken: result === 'broken' });
      }
    }

  const byName = new Map<string, MapPackage>();
  for (const project of data.projects) {
    const name = names.get(project.project)!;
    const pkg = newPackage(name, entryPointsOf(project, uses.get(name)), project);
    byName.set(name, pkg);
  }
  for (const [provider, entries] of uses)
    if (!byName.has(provider)) byName.set(provider, newPackage(provider, uncheckedEntryPoints(entries)));

  const edges = connect(data, names, byName);
  for (const finding of data.findings) {
    const about = new Set([
      ...finding.affected.projects.map((project) => names.get(project) ?? project),
      ...(finding.provider ? [finding.provider.package] : []),
    ]);
    for (const name of about) {
      const pkg = byName.get(name);
      pkg?.findings.push(finding);
      if (pkg && finding.severity === 'error') pkg.broken = true;
    }
  }
  const packages = [...byName.values()].toSorted((a, b) => compare(a.name, b.name));
  return { packages, byName, edges };
}

function newPackage(
  name: string,
  entryPoints: readonly MapEntryPoint[],
  checked?: MapData['projects'][number],
): MapPackage {
  const unused = checked ? entryPoints.reduce((sum, entry) => sum + unusedNames(entry).length, 0) : 0;
  return {
    name,
    ...(checked && { checked }),
    entryPoints,
    findings: [],
    broken: false,
    unused,
    imports: [],
    importedBy: [],
  };
}

/** Exports that no checked project imports; none if someone imports all of the entry point. */
export function unusedNames({ names, wholeUsers }: MapEntryPoint): readonly MapName[] {
  return wholeUsers.length > 0 ? [] : names.filter(({ exported, users }) => exported && users.length === 0);
}

function entryPointsOf(
  { inventory }: MapData['projects'][number],
  uses: ReadonlyMap<string, Uses> = new Map(),
): readonly MapEntryPoint[] {
  const listed = inventory.entryPoints.map(({ subpath, variants }) =>
    entryPointOf(subpath, variants, uses.get(subpath)),
  );
  const known = new Set(listed.map(({ subpath }) => subpath));
  const others = [...uses].filter(([subpath]) => !known.has(subpath));
  return [...listed, ...others.map(([subpath, names]) => entryPointOf(subpath, [], names))];
}

function uncheckedEntryPoints(uses: ReadonlyMap<string, Uses>): readonly MapEntryPoint[] {
  return [...uses].map(([subpath, names]) => entryPointOf(subpath, [], names));
}

function entryPointOf(
  subpath: string,
  variants: MapEntryPoint['variants'],
  uses: Uses = new Map(),
): MapEntryPoint {
  const exported = new Set(variants.flatMap(({ exports }) => exports));
  const all = [...new Set([...exported, ...uses.keys()])].filter((name) => name !== '').toSorted(compare);
  return {
    subpath,
    variants,
    names: all.map((name) => ({ name, users: uses.get(name) ?? [], exported: exported.has(name) })),
    wholeUsers: uses.get('') ?? [],
  };
}

function connect(
  data: MapData,
  names: ReadonlyMap<string, string>,
  byName: ReadonlyMap<string, MapPackage>,
): readonly MapEdge[] {
  const edges = new Map<string, MapEdge>();
  for (const project of data.projects)
    for (const { package: provider, names: imported } of project.imports) {
      const from = byName.get(names.get(project.project)!)!;
      const to = byName.get(provider)!;
      if (from === to) continue;
      const key = JSON.stringify([from.name, to.name]);
      const edge = edges.get(key) ?? { from, to, names: 0, broken: false };
      if (!edges.has(key)) {
        edges.set(key, edge);
        from.imports.push(edge);
        to.importedBy.push(edge);
      }
      edge.names += imported.length;
      edge.broken ||= imported.some(({ result }) => result === 'broken');
    }
  return [...edges.values()];
}

export function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
