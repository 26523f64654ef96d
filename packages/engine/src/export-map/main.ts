import type { MapData } from '../formats/map-data.js';
import { counted, h } from './elements.js';
import { graphView, ZOOM_STEP } from './graph-view.js';
import { packageGraph } from './package-graph.js';
import { panelFor } from './panel.js';
import { linkTo, readRoute } from './route.js';
import { FILTERS, search } from './search.js';
import type { FilterName, Match } from './search.js';

const data = JSON.parse(document.getElementById('data')!.textContent!) as MapData;
const graph = packageGraph(data);
// Beside the map are the list and the details, unless the window is narrow.
const isNarrow = innerWidth <= 1000;
const shape = isNarrow ? innerWidth / (innerHeight - 200) : (0.62 * (innerWidth - 290)) / (innerHeight - 50);
const drawing = graphView(graph, Math.min(2.5, Math.max(0.4, shape)));
let filter: FilterName = 'all';

const field = h('input', {
  type: 'search',
  id: 'search',
  placeholder: 'Package or exported name',
  'aria-label': 'Search packages and exported names',
  autocomplete: 'off',
});
const filters = Object.entries(FILTERS).map(([name, { label, keep }]) =>
  h(
    'button',
    { type: 'button', 'data-filter': name, 'aria-pressed': name === filter },
    `${label} `,
    h('span', { class: 'count' }, String(graph.packages.filter(keep).length)),
  ),
);
const found = h('p', { class: 'found', role: 'status' });
const list = h('ul', { class: 'packages' });
const heading = h('h2', { tabindex: -1 });
const back = h('a', { href: linkTo({ view: 'overview' }), class: 'back' }, '← Overview');
const body = h('div', { class: 'panel-body' });
const errors = data.findings.filter(({ severity }) => severity === 'error').length;
const findingsLink = h(
  'a',
  { href: linkTo({ view: 'findings' }), class: data.verdict === 'fail' ? 'result fail' : 'result' },
  data.verdict === 'fail' ? `✖ ${counted(errors, 'error')}` : '✔ No error',
);

const button = (label: string, text: string, act: () => void): HTMLElement => {
  const made = h('button', { type: 'button', 'aria-label': label, title: label }, text);
  made.addEventListener('click', act);
  return made;
};

const tabs = (['map', 'list', 'panel'] as const).map((name) => {
  const tab = h(
    'button',
    { type: 'button', 'data-tab': name },
    { map: 'Map', list: 'Packages', panel: 'Details' }[name],
  );
  tab.addEventListener('click', () => show(name));
  return tab;
});

document.getElementById('app')!.append(
  h(
    'header',
    {},
    h('h1', {}, h('a', { href: '#/' }, 'Export map')),
    findingsLink,
    h('div', { class: 'filters', role: 'group', 'aria-label': 'Filter' }, ...filters),
    button('Change between dark and light', '◐', changeTheme),
  ),
  h('nav', { 'aria-label': 'Packages', class: 'side' }, field, found, list),
  h(
    'main',
    {},
    h(
      'section',
      { class: 'map', 'aria-label': 'Map' },
      drawing.element,
      h(
        'div',
        { class: 'zoom', role: 'group', 'aria-label': 'Zoom' },
        button('Zoom in', '+', () => drawing.zoomBy(ZOOM_STEP)),
        button('Zoom out', '−', () => drawing.zoomBy(1 / ZOOM_STEP)),
        button('Show all', '⤢', () => drawing.fit()),
      ),
      h(
        'p',
        { class: 'legend' },
        h('span', { class: 'key broken' }, 'broken'),
        h('span', { class: 'key unused' }, 'has unused exports'),
        h('span', { class: 'keys' }, '/ searches, Esc goes back'),
      ),
    ),
    h('section', { class: 'panel', 'aria-label': 'Details' }, back, heading, body),
  ),
  h('nav', { class: 'tabs', 'aria-label': 'View' }, ...tabs),
);

function show(name: 'map' | 'list' | 'panel'): void {
  document.body.dataset['tab'] = name;
  for (const tab of tabs) tab.setAttribute('aria-pressed', String(tab.dataset['tab'] === name));
}

function changeTheme(): void {
  const root = document.documentElement;
  const isDark = root.dataset['theme']
    ? root.dataset['theme'] === 'dark'
    : matchMedia('(prefers-color-scheme: dark)').matches;
  root.dataset['theme'] = isDark ? 'light' : 'dark';
}

function update(): void {
  const matches = search(graph.packages, field.value, filter);
  drawing.showOnly(new Set(matches.map(({ pkg }) => pkg)));
  list.replaceChildren(...matches.map(item));
  found.textContent = matches.length === 0 ? 'No package matches.' : counted(matches.length, 'package');
  for (const each of filters) each.setAttribute('aria-pressed', String(each.dataset['filter'] === filter));
}

function item({ pkg, via }: Match): HTMLElement {
  return h(
    'li',
    {},
    h(
      'a',
      { href: linkTo({ view: 'package', name: pkg.name }) },
      h('span', { class: 'name' }, pkg.name),
      via !== undefined && h('span', { class: 'via' }, `exports ${via}`),
      pkg.broken && h('span', { class: 'badge broken' }, 'broken'),
      pkg.unused > 0 && h('span', { class: 'badge' }, `${pkg.unused} unused`),
    ),
  );
}

function follow(isFirst: boolean): void {
  const route = readRoute(location.hash);
  const { title, content } = panelFor(route, data, graph);
  heading.textContent = title;
  body.replaceChildren(...content.filter((node): node is Node => node !== false));
  back.hidden = route.view === 'overview';
  document.title = route.view === 'overview' ? 'Export map' : `${title} · Export map`;
  const provider =
    route.view === 'finding'
      ? data.findings.find(({ fingerprint }) => fingerprint === route.fingerprint)?.provider?.package
      : undefined;
  const name = route.view === 'package' ? route.name : provider;
  drawing.select(name === undefined ? undefined : graph.byName.get(name));
  if (!isFirst || route.view !== 'overview') show('panel');
  if (!isFirst) heading.focus();
  heading.parentElement!.scrollTop = 0;
}

field.addEventListener('input', update);
for (const each of filters)
  each.addEventListener('click', () => {
    filter = each.dataset['filter'] as FilterName;
    update();
  });
list.addEventListener('keydown', (event) => {
  const links = [...list.querySelectorAll('a')];
  const at = links.indexOf(document.activeElement as HTMLAnchorElement);
  if (event.key === 'ArrowDown') links[at + 1]?.focus();
  else if (event.key === 'ArrowUp') (at === 0 ? field : links[at - 1])?.focus();
  else return;
  event.preventDefault();
});
field.addEventListener('keydown', (event) => {
  if (event.key === 'ArrowDown') list.querySelector('a')?.focus();
  else if (event.key === 'Enter') list.querySelector('a')?.click();
  else return;
  event.preventDefault();
});
document.addEventListener('keydown', (event) => {
  if (event.ctrlKey || event.metaKey || event.altKey) return;
  const isTyping = event.target === field;
  if (event.key === '/' && !isTyping) {
    event.preventDefault();
    show('list');
    field.focus();
  } else if (event.key === 'Escape') {
    if (isTyping && field.value !== '') {
      field.value = '';
      update();
    } else location.hash = '#/';
  } else if (isTyping) return;
  else if (event.key === '+') drawing.zoomBy(ZOOM_STEP);
  else if (event.key === '-') drawing.zoomBy(1 / ZOOM_STEP);
  else if (event.key === '0') drawing.fit();
});
addEventListener('hashchange', () => follow(false));

show('map');
update();
follow(true);
drawing.fit();
document.body.dataset['ready'] = 'true';
