import { Graph, layout } from '@dagrejs/dagre';
import type { Cluster } from './clusters.js';
import { baseName } from './clusters.js';
import type { MapEdge, MapPackage } from './package-graph.js';

export interface Box {
  /** Of the left upper corner. */
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

export interface Layout {
  readonly nodes: ReadonlyMap<MapPackage, Box>;
  readonly clusters: readonly (Box & { readonly cluster: Cluster })[];
  readonly width: number;
  readonly height: number;
}

const HEIGHT = 30;
const GAP = 14;
const PADDING = 18;
const LABEL = 56;

/**
 * Places every package: importers on the left, what they import on the right. The same packages give
 * the same places.
 *
 * @param shape the wanted width divided by the wanted height
 */
export function layoutOf(clusters: readonly Cluster[], edges: readonly MapEdge[], shape: number): Layout {
  const parts = clusters.map((cluster) => ({ cluster, ...inside(cluster, edges) }));
  const nodes = new Map<MapPackage, Box>();
  if (parts.length === 1) {
    const [part] = parts;
    return { nodes: part!.nodes, clusters: [], width: part!.width, height: part!.height };
  }
  const rows = inRows(
    ordered(parts, edges).map((part) => ({
      part,
      width: part.width + 2 * PADDING,
      height: part.height + PADDING + LABEL,
    })),
    shape,
  );
  const boxes = rows.placed.map(({ part, x, y, width, height }) => {
    for (const [pkg, box] of part.nodes)
      nodes.set(pkg, { ...box, x: box.x + x + PADDING, y: box.y + y + LABEL });
    return { cluster: part.cluster, x, y, width, height };
  });
  return { nodes, clusters: boxes, width: rows.width, height: rows.height };
}

interface Part {
  readonly cluster: Cluster;
  readonly nodes: ReadonlyMap<MapPackage, Box>;
  readonly width: number;
  readonly height: number;
}

/** Groups that import much from others come first. */
function ordered(parts: readonly Part[], edges: readonly MapEdge[]): readonly Part[] {
  const owner = new Map(parts.flatMap((part) => part.cluster.packages.map((pkg) => [pkg, part] as const)));
  const balance = new Map<Part, number>();
  for (const { from, to } of edges) {
    const [a, b] = [owner.get(from), owner.get(to)];
    if (!a || !b || a === b) continue;
    balance.set(a, (balance.get(a) ?? 0) + 1);
    balance.set(b, (balance.get(b) ?? 0) - 1);
  }
  const score = (part: Part): number => (balance.get(part) ?? 0) / part.cluster.packages.length;
  return parts.toSorted((a, b) => score(b) - score(a));
}

const BETWEEN = 46;

function inRows<T extends { readonly width: number; readonly height: number }>(
  boxes: readonly T[],
  shape: number,
): { readonly placed: readonly (T & Box)[]; readonly width: number; readonly height: number } {
  const area = boxes.reduce((sum, { width, height }) => sum + (width + BETWEEN) * (height + BETWEEN), 0);
  const widest = Math.max(Math.sqrt(area * shape), ...boxes.map(({ width }) => width));
  const placed: (T & Box)[] = [];
  let [x, y, row, width] = [0, 0, 0, 0];
  for (const box of boxes) {
    if (x > 0 && x + box.width > widest) [x, y, row] = [0, y + row + BETWEEN, 0];
    placed.push({ ...box, x, y });
    x += box.width + BETWEEN;
    row = Math.max(row, box.height);
    width = Math.max(width, x - BETWEEN);
  }
  return { placed, width, height: y + row };
}

/** The packages that are connected are layered; the others are below them, in columns. */
function inside(cluster: Cluster, all: readonly MapEdge[]): Omit<Part, 'cluster'> {
  const members = new Set(cluster.packages);
  const edges = all.filter(({ from, to }) => members.has(from) && members.has(to));
  const connected = new Set(edges.flatMap(({ from, to }) => [from, to]));
  const top = layered(
    cluster.packages.filter((pkg) => connected.has(pkg)),
    edges,
  );
  const rest = cluster.packages.filter((pkg) => !connected.has(pkg));
  const bottom = inColumns(rest, top.width);
  const offset = top.height > 0 && rest.length > 0 ? top.height + GAP * 2 : top.height;
  const nodes = new Map(top.nodes);
  for (const [pkg, box] of bottom.nodes) nodes.set(pkg, { ...box, y: box.y + offset });
  return { nodes, width: Math.max(top.width, bottom.width), height: offset + bottom.height };
}

function layered(packages: readonly MapPackage[], edges: readonly MapEdge[]): Omit<Part, 'cluster'> {
  if (packages.length === 0) return { nodes: new Map(), width: 0, height: 0 };
  const graph = new Graph();
  graph.setGraph({ rankdir: 'LR', nodesep: GAP, ranksep: 64, marginx: 0, marginy: 0 });
  graph.setDefaultEdgeLabel(() => ({}));
  const keys = new Map(packages.map((pkg, index) => [pkg, String(index)]));
  for (const [pkg, key] of keys) graph.setNode(key, { width: widthOf(pkg), height: HEIGHT });
  for (const { from, to } of edges) graph.setEdge(keys.get(from)!, keys.get(to)!);
  layout(graph);
  const nodes = new Map(
    [...keys].map(([pkg, key]) => {
      const { x, y, width, height } = graph.node(key) as Box;
      return [pkg, { x: x - width / 2, y: y - height / 2, width, height }];
    }),
  );
  return { nodes, ...extent(nodes) };
}

function inColumns(packages: readonly MapPackage[], atLeast: number): Omit<Part, 'cluster'> {
  const column = Math.max(0, ...packages.map(widthOf)) + GAP;
  const wanted = Math.round(Math.sqrt((packages.length * (HEIGHT + GAP) * 1.4) / column));
  const columns = Math.max(1, wanted, Math.floor(atLeast / column));
  const nodes = new Map(
    packages.map((pkg, index) => [
      pkg,
      {
        x: (index % columns) * column,
        y: Math.floor(index / columns) * (HEIGHT + GAP),
        width: widthOf(pkg),
        height: HEIGHT,
      },
    ]),
  );
  return { nodes, ...extent(nodes) };
}

function extent(nodes: ReadonlyMap<MapPackage, Box>): { readonly width: number; readonly height: number } {
  const boxes = [...nodes.values()];
  return {
    width: Math.max(0, ...boxes.map(({ x, width }) => x + width)),
    height: Math.max(0, ...boxes.map(({ y, height }) => y + height)),
  };
}

const LONGEST_LABEL = 26;

/** The name without its scope, which most packages of a workspace share. */
export function labelOf({ name }: MapPackage): string {
  const short = baseName(name) || name;
  return short.length > LONGEST_LABEL ? `${short.slice(0, LONGEST_LABEL - 1)}…` : short;
}

function widthOf(pkg: MapPackage): number {
  return 26 + (labelOf(pkg).length + (pkg.broken ? 2 : 0)) * 7.9;
}
