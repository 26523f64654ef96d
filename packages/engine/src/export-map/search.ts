import type { MapPackage } from './package-graph.js';

export const FILTERS = {
  all: { label: 'All', keep: () => true },
  broken: { label: 'Broken', keep: ({ broken }: MapPackage) => broken },
  unused: { label: 'Unused exports', keep: ({ unused }: MapPackage) => unused > 0 },
} as const satisfies Readonly<
  Record<string, { readonly label: string; readonly keep: (pkg: MapPackage) => boolean }>
>;

export type FilterName = keyof typeof FILTERS;

export interface Match {
  readonly pkg: MapPackage;
  /** The exported name that matches, if the package's name does not. */
  readonly via?: string;
}

/** The packages that pass the filter and contain the text in their name or in an exported name. */
export function search(packages: readonly MapPackage[], text: string, filter: FilterName): readonly Match[] {
  const wanted = text.trim().toLowerCase();
  return packages.flatMap((pkg): readonly Match[] => {
    if (!FILTERS[filter].keep(pkg)) return [];
    if (pkg.name.toLowerCase().includes(wanted)) return [{ pkg }];
    const found = pkg.entryPoints
      .flatMap(({ names }) => names)
      .find(({ name }) => name.toLowerCase().includes(wanted));
    return found ? [{ pkg, via: found.name }] : [];
  });
}
