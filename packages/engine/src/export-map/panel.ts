import type { MapData, MapFinding } from '../formats/map-data.js';
import { counted, h } from './elements.js';
import { unusedNames } from './package-graph.js';
import type { MapEdge, MapEntryPoint, MapName, MapPackage, PackageGraph } from './package-graph.js';
import { linkTo } from './route.js';
import type { Route } from './route.js';

interface Shown {
  readonly title: string;
  readonly content: readonly (Node | false)[];
}

/** What the panel shows for an address. */
export function panelFor(route: Route, data: MapData, graph: PackageGraph): Shown {
  if (route.view === 'package') {
    const pkg = graph.byName.get(route.name);
    return pkg ? packagePage(pkg, route.entryPoint) : missing(`This report has no package "${route.name}".`);
  }
  if (route.view === 'finding') {
    const finding = data.findings.find(({ fingerprint }) => fingerprint === route.fingerprint);
    return finding
      ? { title: `${finding.code} ${finding.rule}`, content: [findingBlock(finding, graph)] }
      : missing('This report has no such finding. It may be fixed.');
  }
  return route.view === 'findings' ? findingsPage(data) : overview(data, graph);
}

function missing(text: string): Shown {
  return { title: 'Not found', content: [h('p', {}, text)] };
}

const SHOWN_FINDINGS = 5;

function overview(data: MapData, graph: PackageGraph): Shown {
  const unused = graph.packages.reduce((sum, pkg) => sum + pkg.unused, 0);
  const most = graph.packages
    .filter((pkg) => pkg.unused > 0)
    .toSorted((a, b) => b.unused - a.unused)
    .slice(0, 8);
  const { met, unmet, unknown } = data.demands;
  const shown = data.findings.filter(({ severity }) => severity !== 'info').slice(0, SHOWN_FINDINGS);
  return {
    title: data.verdict === 'pass' ? 'No error was found' : 'This workspace has errors',
    content: [
      h(
        'dl',
        { class: 'numbers' },
        ...number(graph.packages.length, 'Packages'),
        ...number(graph.packages.filter(({ broken }) => broken).length, 'Broken'),
        ...number(met + unmet + unknown, 'Imports checked'),
        ...number(unknown, 'Unknown'),
        ...number(unused, 'Unused exports'),
      ),
      ...data.problems.map(({ message, remedy, file }) =>
        h('p', { class: 'problem' }, file === undefined ? '' : `${file}: `, message, ' ', remedy),
      ),
      h('h3', {}, 'Findings'),
      ...(shown.length === 0 ? [h('p', {}, 'There is no error and no warning.')] : []),
      findingLinks(shown),
      data.findings.length > shown.length &&
        h(
          'p',
          {},
          h(
            'a',
            { href: linkTo({ view: 'findings' }) },
            `All ${counted(data.findings.length + data.leftOut, 'finding')}`,
          ),
        ),
      most.length > 0 && h('h3', {}, 'Exports that no checked project imports'),
      most.length > 0 &&
        h(
          'ul',
          { class: 'plain' },
          ...most.map((pkg) => h('li', {}, packageLink(pkg.name), ` ${counted(pkg.unused, 'name')}`)),
        ),
    ],
  };
}

function number(value: number, label: string): readonly Node[] {
  return [h('div', {}, h('dt', {}, label), h('dd', {}, value.toLocaleString('en')))];
}

function findingsPage(data: MapData): Shown {
  const groups = (['error', 'warning', 'info'] as const).map(
    (severity) => [severity, data.findings.filter((finding) => finding.severity === severity)] as const,
  );
  return {
    title: 'Findings',
    content: [
      ...groups
        .filter(([, found]) => found.length > 0)
        .flatMap(([severity, found]) => [
          h(
            'h3',
            {},
            severity === 'info'
              ? 'Unknown, or worth knowing'
              : `${severity === 'error' ? 'Errors' : 'Warnings'} (${found.length})`,
          ),
          findingLinks(found),
        ]),
      data.findings.length === 0 && h('p', {}, 'There is no finding.'),
      data.leftOut > 0 &&
        h('p', {}, `And ${counted(data.leftOut, 'more finding')}. The JSON report lists all of them.`),
    ],
  };
}

function findingLinks(findings: readonly MapFinding[]): HTMLElement | false {
  if (findings.length === 0) return false;
  return h(
    'ul',
    { class: 'findings' },
    ...findings.map((finding) =>
      h(
        'li',
        {},
        h(
          'a',
          { href: linkTo({ view: 'finding', fingerprint: finding.fingerprint }), class: finding.severity },
          h('strong', {}, `${finding.severity} ${finding.code}`),
          h('span', {}, finding.message),
          h('code', {}, placeOf(finding)),
        ),
      ),
    ),
  );
}

function placeOf({
  file,
  line,
  column,
}: {
  readonly file?: string;
  readonly line?: number;
  readonly column?: number;
}): string {
  return [file, line, column].filter((part) => part !== undefined).join(':');
}

function packageLink(name: string): HTMLElement {
  return h('a', { href: linkTo({ view: 'package', name }) }, name);
}

const SHOWN_PLACES = 12;

function findingBlock(finding: MapFinding, graph: PackageGraph): HTMLElement {
  const { evidence, fix, affected, excerpt, diff, provider } = finding;
  const places = affected.places.slice(0, SHOWN_PLACES);
  return h(
    'article',
    { class: `finding ${finding.severity}` },
    h('p', { class: 'severity' }, finding.severity),
    h('p', { class: 'message' }, finding.message),
    h('p', {}, h('code', {}, placeOf(finding))),
    excerpt && excerptBlock(excerpt),
    provider &&
      graph.byName.has(provider.package) &&
      h('p', {}, 'Provider: ', packageLink(provider.package), ' ', h('code', {}, `"${provider.entryPoint}"`)),
    evidence.length > 0 &&
      h(
        'dl',
        { class: 'evidence' },
        ...evidence.flatMap((each) => [
          h('dt', {}, each.role),
          h(
            'dd',
            {},
            each.file === undefined ? false : h('code', {}, placeOf(each)),
            each.file === undefined ? '' : ' ',
            each.text,
          ),
        ]),
      ),
    fix && h('div', { class: 'fix' }, h('strong', {}, 'Fix'), ' ', fix.title),
    diff && diffBlock(diff),
    affected.count > 1 &&
      h(
        'h5',
        {},
        `Affects ${counted(affected.count, 'place')} in ${counted(affected.projects.length, 'project')}`,
      ),
    affected.count > 1 &&
      h(
        'ul',
        { class: 'plain' },
        ...places.map((place) => h('li', {}, h('code', {}, placeOf(place)))),
        affected.count > places.length && h('li', {}, `and ${affected.count - places.length} more`),
      ),
  );
}

function excerptBlock(lines: NonNullable<MapFinding['excerpt']>): HTMLElement {
  return scrollable(
    'Source',
    ...lines.map(({ line, text, mark }) => {
      const [start, end] = mark ?? [0, 0];
      return h(
        'span',
        { class: mark ? 'line marked' : 'line' },
        h('span', { class: 'gutter' }, String(line).padStart(4)),
        text.slice(0, start),
        mark ? h('mark', {}, text.slice(start, end)) : false,
        text.slice(end),
        '\n',
      );
    }),
  );
}

function diffBlock(lines: readonly string[]): HTMLElement {
  const kinds: Readonly<Record<string, string>> = { '+': 'added', '-': 'removed' };
  return scrollable(
    'What the fix changes',
    ...lines.map((line) =>
      h('span', { class: `line ${isHeader(line) ? '' : (kinds[line[0] ?? ''] ?? '')}` }, line, '\n'),
    ),
  );
}

function isHeader(line: string): boolean {
  return /^(?:---|\+\+\+) /.test(line);
}

/** A block that the keyboard can scroll. */
function scrollable(label: string, ...lines: readonly Node[]): HTMLElement {
  return h('pre', { tabindex: 0, role: 'region', 'aria-label': label }, ...lines);
}

function packagePage(pkg: MapPackage, open: string | undefined): Shown {
  const errors = pkg.findings.filter(({ severity }) => severity !== 'info');
  return {
    title: pkg.name,
    content: [
      !pkg.checked &&
        h('p', {}, 'This package was not checked for this report. Only what others import from it is known.'),
      errors.length > 0 && h('h3', {}, counted(errors.length, 'finding')),
      findingLinks(errors),
      h('h3', {}, 'Entry points'),
      pkg.entryPoints.length === 0 && h('p', {}, 'No other package can import it: it has no entry point.'),
      ...pkg.entryPoints.map((entry) => entryBlock(entry, pkg, open)),
      neighbours('Imports from', pkg.imports, ({ to }) => to.name),
      neighbours('Imported by', pkg.importedBy, ({ from }) => from.name),
    ],
  };
}

function neighbours(
  title: string,
  edges: readonly MapEdge[],
  other: (edge: MapEdge) => string,
): HTMLElement | false {
  if (edges.length === 0) return false;
  return h(
    'section',
    {},
    h('h3', {}, `${title} ${counted(edges.length, 'package')}`),
    h(
      'ul',
      { class: 'plain' },
      ...edges.map((edge) =>
        h(
          'li',
          {},
          packageLink(other(edge)),
          ` ${counted(edge.names, 'name')}`,
          edge.broken && h('span', { class: 'badge broken' }, 'broken'),
        ),
      ),
    ),
  );
}

function entryBlock(entry: MapEntryPoint, pkg: MapPackage, open: string | undefined): HTMLElement {
  const unused = pkg.checked ? unusedNames(entry) : [];
  const { variants, names, wholeUsers } = entry;
  const isOpen = open === undefined ? pkg.entryPoints.length <= 3 : open === entry.subpath;
  return h(
    'details',
    { open: isOpen, class: 'entry', 'data-entry': entry.subpath },
    h(
      'summary',
      {},
      h('code', {}, entry.subpath),
      ` ${counted(names.filter(({ exported }) => exported).length, 'name')}`,
      unused.length > 0 && h('span', { class: 'badge' }, `${unused.length} unused`),
    ),
    variants.length > 0 && variantTable(entry),
    wholeUsers.length > 0 &&
      h(
        'p',
        {},
        'Which names these use is unknown, because they import or load all of it: ',
        ...joined(wholeUsers.map((user) => packageLink(user.package))),
      ),
    names.length > 0 && nameList(names, variants.length > 0 && pkg.checked !== undefined),
    unused.length > 0 && h('h4', {}, 'Exports that no checked project imports'),
    unused.length > 0 && h('p', { class: 'names' }, ...joined(unused.map(({ name }) => h('code', {}, name)))),
  );
}

function joined(nodes: readonly Node[]): readonly (Node | string)[] {
  return nodes.flatMap((node, index) => (index === 0 ? [node] : [', ', node]));
}

/** The variants side by side: a name in one that is missing in another stands out. */
function variantTable({ subpath, variants }: MapEntryPoint): HTMLElement {
  const all = new Set(variants.flatMap(({ exports }) => exports));
  return h(
    'div',
    { class: 'wide', tabindex: 0, role: 'region', 'aria-label': `Variants of ${subpath}` },
    h(
      'table',
      {},
      h(
        'thead',
        {},
        h(
          'tr',
          {},
          ...['Conditions', 'Names', 'Missing', 'File'].map((title) => h('th', { scope: 'col' }, title)),
        ),
      ),
      h(
        'tbody',
        {},
        ...variants.map(({ conditions, file, exports, open }) => {
          const own = new Set(exports);
          const lacks = [...all].filter((name) => !own.has(name));
          return h(
            'tr',
            {},
            h('td', {}, conditions.length === 0 ? 'any' : conditions.join(', ')),
            h('td', {}, open === undefined ? String(exports.length) : `${exports.length} or more: ${open}`),
            h('td', {}, listOf(lacks)),
            h('td', {}, h('code', {}, file)),
          );
        }),
      ),
    ),
  );
}

const LISTED_NAMES = 12;

function listOf(names: readonly string[]): string {
  const rest = names.length - LISTED_NAMES;
  return `${names.slice(0, LISTED_NAMES).join(', ')}${rest > 0 ? ` and ${rest} more` : ''}`;
}

function nameList(names: readonly MapName[], isKnown: boolean): HTMLElement | false {
  const used = names.filter(({ users }) => users.length > 0);
  if (used.length === 0) return false;
  return h(
    'ul',
    { class: 'plain names' },
    ...used.map(({ name, users, exported }) => {
      const files = users.flatMap((user) => user.files);
      return h(
        'li',
        {},
        h(
          'details',
          {},
          h(
            'summary',
            {},
            h('code', {}, name),
            ` imported by ${counted(users.length, 'package')}`,
            isKnown &&
              !exported &&
              users.some(({ broken }) => broken) &&
              h('span', { class: 'badge broken' }, 'not exported'),
          ),
          h('p', {}, ...joined(users.map((user) => packageLink(user.package)))),
          h(
            'ul',
            { class: 'plain' },
            ...files.slice(0, SHOWN_PLACES).map((file) => h('li', {}, h('code', {}, file))),
            files.length > SHOWN_PLACES && h('li', {}, `and ${files.length - SHOWN_PLACES} more`),
          ),
        ),
      );
    }),
  );
}
