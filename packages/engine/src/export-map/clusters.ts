import { compare } from './package-graph.js';
import type { MapPackage } from './package-graph.js';

/** Packages that are drawn in one box. */
export interface Cluster {
  readonly label: string;
  readonly packages: readonly MapPackage[];
}

/** Up to this number of packages, one drawing without boxes is readable. */
const FEW = 36;
/** A folder with more packages is divided by the first word of their names. */
const MANY = 30;
const SMALLEST = 3;

/** Groups packages by folder, and the packages of a large folder by the first word of their names. */
export function clustersOf(packages: readonly MapPackage[]): readonly Cluster[] {
  if (packages.length <= FEW) return [{ label: '', packages }];
  const folders = grouped(packages, folderOf);
  return [...folders]
    .toSorted(([a], [b]) => compare(a, b))
    .flatMap(([folder, members]) =>
      members.length > MANY ? divided(folder, members) : [{ label: folder, packages: members }],
    );
}

function divided(folder: string, members: readonly MapPackage[]): readonly Cluster[] {
  const words = grouped(members, ({ name }) => /^[a-z0-9]+/i.exec(baseName(name))?.[0] ?? '');
  const large = [...words].filter(([, found]) => found.length >= SMALLEST);
  const rest = [...words].filter(([, found]) => found.length < SMALLEST).flatMap(([, found]) => found);
  const prefix = folder === '' ? '' : `${folder}/`;
  return [
    ...large
      .toSorted(([a], [b]) => compare(a, b))
      .map(([word, found]) => ({ label: `${prefix}${word}…`, packages: found })),
    ...(rest.length > 0 ? [{ label: large.length > 0 ? `${prefix}others` : folder, packages: rest }] : []),
  ];
}

function grouped(
  packages: readonly MapPackage[],
  key: (pkg: MapPackage) => string,
): ReadonlyMap<string, readonly MapPackage[]> {
  const groups = new Map<string, MapPackage[]>();
  for (const pkg of packages) {
    const group = groups.get(key(pkg)) ?? [];
    groups.set(key(pkg), group);
    group.push(pkg);
  }
  return groups;
}

/** Folders of sources and of build output, which end the path of a package. */
const INNER = /^(?:src|dist|lib|build|out|output|esm|cjs|es|types|test|tests|__tests__|e2e)$/;

/** The folder that contains the package's folder, as far as its files show it. */
function folderOf({ checked }: MapPackage): string {
  const file =
    checked?.imports[0]?.names[0]?.files[0] ?? checked?.inventory.entryPoints[0]?.variants[0]?.file;
  if (file === undefined) return 'others';
  const folders = file.split('/').slice(0, -1);
  while (folders.length > 1 && INNER.test(folders[0]!)) folders.shift();
  const inner = folders.findIndex((folder) => INNER.test(folder));
  return (inner > 0 ? folders.slice(0, inner) : folders).slice(0, -1).join('/');
}

export function baseName(name: string): string {
  return name.slice(name.lastIndexOf('/') + 1);
}
