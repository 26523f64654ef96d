import { select } from 'd3-selection';
import { zoom, zoomIdentity } from 'd3-zoom';
import { clustersOf } from './clusters.js';
import { counted, s } from './elements.js';
import { labelOf, layoutOf } from './layout.js';
import type { Box } from './layout.js';
import type { MapEdge, MapPackage, PackageGraph } from './package-graph.js';
import { linkTo } from './route.js';

/** Below this zoom the names of packages are too small to read. */
const READABLE = 0.42;
/** How far the map zooms in to show one package. */
const CLOSE = 0.7;
const MOST_LINES = 120;
const STEP = 1.4;

export interface GraphView {
  readonly element: SVGSVGElement;
  /** Dims every package that is not in the set. */
  showOnly(packages: ReadonlySet<MapPackage>): void;
  /** Highlights a package, what it imports and who imports it; undefined highlights none. */
  select(pkg: MapPackage | undefined): void;
  fit(): void;
  zoomBy(factor: number): void;
}

/**
 * Draws the packages and their imports.
 *
 * @param shape the width of the drawing divided by its height
 */
export function graphView(graph: PackageGraph, shape: number): GraphView {
  const clusters = clustersOf(graph.packages);
  const layout = layoutOf(clusters, graph.edges, shape);
  const owner = new Map(
    clusters.flatMap(({ packages }, index) => packages.map((pkg) => [pkg, index] as const)),
  );
  const isCrowded = clusters.length > 1 && graph.edges.length > MOST_LINES;

  const lines = new Map<MapEdge, SVGElement>();
  const lower = s('g', { class: 'edges' });
  const upper = s('g', { class: 'edges' });
  for (const edge of graph.edges) {
    const across = owner.get(edge.from) !== owner.get(edge.to);
    const path = s(
      'path',
      {
        d: curve(layout.nodes.get(edge.from)!, layout.nodes.get(edge.to)!),
        class: ['edge', edge.broken && 'broken', across && isCrowded && 'across'].filter(Boolean).join(' '),
        'marker-end': edge.broken ? 'url(#arrow-broken)' : 'url(#arrow)',
      },
      s('title', {}, `${edge.from.name} imports ${counted(edge.names, 'name')} from ${edge.to.name}`),
    );
    const finding = edge.broken ? findingOf(edge) : undefined;
    if (finding)
      path.addEventListener(
        'click',
        () => (location.hash = linkTo({ view: 'finding', fingerprint: finding })),
      );
    lines.set(edge, path);
    (edge.broken ? upper : lower).append(path);
  }

  const nodes = new Map<MapPackage, SVGAElement>();
  const nodeLayer = s('g', {});
  for (const pkg of graph.packages) {
    const node = nodeOf(pkg, layout.nodes.get(pkg)!);
    nodes.set(pkg, node);
    nodeLayer.append(node);
  }
  const boxes = s(
    'g',
    { class: 'clusters' },
    ...layout.clusters.map(({ cluster, x, y, width, height }) =>
      s(
        'g',
        { transform: `translate(${x} ${y})` },
        s('rect', { width, height, rx: 10, class: 'cluster' }),
        s('text', { x: 14, y: 38, class: 'cluster-label' }, cluster.label || 'packages'),
      ),
    ),
  );
  const scene = s('g', {}, boxes, lower, nodeLayer, upper);
  const element = s(
    'svg',
    {
      class: 'graph',
      role: 'group',
      'aria-label': 'Packages and who imports from whom. Arrow keys move between packages.',
    },
    s('defs', {}, arrow('arrow'), arrow('arrow-broken')),
    scene,
  );

  const drawing = select(element);
  const behaviour = zoom<SVGSVGElement, unknown>()
    .scaleExtent([0.05, 4])
    .on('zoom', ({ transform }: { transform: { readonly k: number; toString(): string } }) => {
      scene.setAttribute('transform', transform.toString());
      element.style.setProperty('--zoom', String(transform.k));
      element.classList.toggle('far', transform.k < READABLE);
    });
  drawing.call(behaviour).on('dblclick.zoom', null);

  // The drawing follows the size of the window until someone zooms or moves it.
  let isMoved = false;
  behaviour.on('start', ({ sourceEvent }: { readonly sourceEvent: unknown }) => {
    if (sourceEvent) isMoved = true;
  });
  new ResizeObserver(() => {
    if (!isMoved) fit();
  }).observe(element);

  const fit = (): void => {
    const { clientWidth, clientHeight } = element;
    if (clientWidth === 0 || layout.width === 0) return;
    const margin = 24;
    const k = Math.min(
      1.2,
      (clientWidth - 2 * margin) / layout.width,
      (clientHeight - 2 * margin) / layout.height,
    );
    const x = (clientWidth - layout.width * k) / 2;
    const y = (clientHeight - layout.height * k) / 2;
    drawing.call(behaviour.transform, zoomIdentity.translate(x, y).scale(k));
  };

  const reveal = (pkg: MapPackage): void => {
    isMoved = true;
    const { x, y, width, height } = layout.nodes.get(pkg)!;
    drawing.call(behaviour.translateTo, x + width / 2, y + height / 2);
  };

  // One tab stop for the whole drawing; the arrow keys move inside.
  let current: MapPackage | undefined;
  const makeCurrent = (pkg: MapPackage | undefined): void => {
    if (current) nodes.get(current)!.setAttribute('tabindex', '-1');
    current = pkg;
    if (pkg) nodes.get(pkg)!.setAttribute('tabindex', '0');
  };
  makeCurrent(graph.packages[0]);
  nodeLayer.addEventListener('keydown', (event) => {
    const direction = DIRECTIONS[event.key];
    if (!direction || !current) return;
    event.preventDefault();
    const visible = [...nodes].filter(([, node]) => !node.classList.contains('dim')).map(([pkg]) => pkg);
    const next = nearest(current, direction, visible, layout.nodes);
    if (!next) return;
    makeCurrent(next);
    nodes.get(next)!.focus({ preventScroll: true });
    if (!isInside(nodes.get(next)!, element)) reveal(next);
  });

  const highlight = (pkg: MapPackage | undefined): void => {
    element.classList.toggle('has-selection', pkg !== undefined);
    const near = new Set<MapPackage>();
    for (const [edge, line] of lines) {
      const isNear = pkg !== undefined && (edge.from === pkg || edge.to === pkg);
      line.classList.toggle('near', isNear);
      if (isNear) near.add(edge.from).add(edge.to);
    }
    for (const [each, node] of nodes) {
      node.classList.toggle('near', near.has(each));
      node.classList.toggle('selected', each === pkg);
      if (each === pkg) node.setAttribute('aria-current', 'true');
      else node.removeAttribute('aria-current');
    }
  };
  let selected: MapPackage | undefined;
  let isClose = false;
  for (const [pkg, node] of nodes) {
    node.addEventListener('pointerenter', () => highlight(pkg));
    node.addEventListener('pointerleave', () => highlight(selected));
    node.addEventListener('focus', () => makeCurrent(pkg));
  }

  return {
    element,
    fit: () => {
      isMoved = false;
      isClose = false;
      fit();
    },
    zoomBy: (factor) => {
      isMoved = true;
      drawing.call(behaviour.scaleBy, factor);
    },
    showOnly: (packages) => {
      for (const [pkg, node] of nodes) node.classList.toggle('dim', !packages.has(pkg));
      for (const [{ from, to }, line] of lines)
        line.classList.toggle('dim', !packages.has(from) || !packages.has(to));
    },
    select: (pkg) => {
      selected = pkg;
      highlight(pkg);
      if (!pkg) {
        if (isClose) fit();
        isClose = false;
        return;
      }
      makeCurrent(pkg);
      if (element.classList.contains('far')) {
        isClose = true;
        drawing.call(behaviour.scaleTo, CLOSE);
      }
      if (isClose || !isInside(nodes.get(pkg)!, element)) reveal(pkg);
    },
  };
}

export const ZOOM_STEP = STEP;

function nodeOf(pkg: MapPackage, { x, y, width, height }: Box): SVGAElement {
  const state = pkg.broken ? 'broken' : pkg.checked ? (pkg.unused > 0 ? 'has-unused' : 'ok') : 'unchecked';
  const words = [
    pkg.name,
    pkg.broken ? 'broken' : '',
    pkg.checked ? '' : 'not checked',
    pkg.unused > 0 ? counted(pkg.unused, 'unused export') : '',
  ];
  return s(
    'a',
    {
      href: linkTo({ view: 'package', name: pkg.name }),
      class: `node ${state}`,
      transform: `translate(${x} ${y})`,
      tabindex: -1,
      'aria-label': words.filter((word) => word !== '').join(', '),
    },
    s('rect', { width, height, rx: 7 }),
    s('text', { x: 12, y: 20, 'aria-hidden': true }, `${pkg.broken ? '✖ ' : ''}${labelOf(pkg)}`),
    s('title', {}, words.filter((word) => word !== '').join(', ')),
  );
}

function findingOf({ from, to }: MapEdge): string | undefined {
  const found = from.findings.find(
    ({ severity, provider }) => severity === 'error' && provider?.package === to.name,
  );
  return found?.fingerprint;
}

function arrow(id: string): SVGMarkerElement {
  return s(
    'marker',
    {
      id,
      viewBox: '0 0 8 8',
      refX: 7,
      refY: 4,
      markerUnits: 'userSpaceOnUse',
      markerWidth: 12,
      markerHeight: 12,
      orient: 'auto',
    },
    s('path', { d: 'M0 0.5 8 4 0 7.5z' }),
  );
}

function curve(from: Box, to: Box): string {
  const forward = from.x + from.width <= to.x + to.width / 2;
  const [x1, x2] = forward ? [from.x + from.width, to.x] : [from.x, to.x + to.width];
  const [y1, y2] = [from.y + from.height / 2, to.y + to.height / 2];
  const bend = Math.max(30, Math.abs(x2 - x1) / 2) * (forward ? 1 : -1);
  return `M${x1} ${y1}C${x1 + bend} ${y1} ${x2 - bend} ${y2} ${x2} ${y2}`;
}

const DIRECTIONS: Readonly<Record<string, readonly [x: number, y: number]>> = {
  ArrowLeft: [-1, 0],
  ArrowRight: [1, 0],
  ArrowUp: [0, -1],
  ArrowDown: [0, 1],
};

/** The nearest package in a direction; what is beside the line counts as farther away. */
function nearest(
  from: MapPackage,
  [dx, dy]: readonly [number, number],
  packages: readonly MapPackage[],
  boxes: ReadonlyMap<MapPackage, Box>,
): MapPackage | undefined {
  const centre = ({ x, y, width, height }: Box): readonly [number, number] => [x + width / 2, y + height / 2];
  const [x, y] = centre(boxes.get(from)!);
  let best: MapPackage | undefined;
  let distance = Infinity;
  for (const pkg of packages) {
    if (pkg === from) continue;
    const [px, py] = centre(boxes.get(pkg)!);
    const along = (px - x) * dx + (py - y) * dy;
    const beside = Math.abs((px - x) * dy) + Math.abs((py - y) * dx);
    if (along <= 1 || along + 3 * beside >= distance) continue;
    [best, distance] = [pkg, along + 3 * beside];
  }
  return best;
}

function isInside(node: Element, frame: Element): boolean {
  const [a, b] = [node.getBoundingClientRect(), frame.getBoundingClientRect()];
  return a.left >= b.left && a.right <= b.right && a.top >= b.top && a.bottom <= b.bottom;
}
