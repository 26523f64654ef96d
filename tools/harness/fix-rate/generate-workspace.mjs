import { generateCommonJs, renderCommonJs } from './generate-commonjs.mjs';
import { generateLibrary, renderSources } from './generate-library.mjs';

const RANGES = ['*', 'workspace:*', 'workspace:^', 'workspace:~', '^1.2.3', '~1.2.3', '1.2.3', 'catalog:'];

/** How a library is built, and the matching manifest fields. */
const BUILDS = ['files', 'files', 'bundle', 'commonjs', 'dual'];

/** A healthy workspace as data: a library, an application that imports every name, and a third package that declares the library. */
export function generateWorkspace(random) {
  const style = {
    quote: random.pick(["'", '"']),
    semicolon: random.pick([';', ';', '']),
    extension: random.pick(['.js', '.js', '.ts', '']),
    crlf: random.chance(1 / 6),
    indent: random.pick([2, 2, 4, '\t']),
  };
  const byHand = random.chance(1 / 4);
  const build = byHand ? 'copy' : random.pick(BUILDS);
  const loadable = build === 'files' && style.extension === '' ? { ...style, extension: '.js' } : style;
  return {
    library: byHand ? generateCommonJs(random, style) : generateLibrary(random, loadable),
    build,
    shape: random.pick(['flat', 'types', 'nested']),
    range: random.pick(RANGES),
    ask: random.pick(['import', 'require']),
  };
}

/** The possible breaks, each with the codes that report it. */
export function breaksOf({ library }) {
  const names = library.leaves.flatMap((leaf) => leaf.names.map((entry) => ({ ...entry, leaf })));
  const drops = names.map(({ name, type }) => ({ kind: 'drop', name, code: type ? 'VE202' : 'VE201' }));
  const hidden = library.commonjs
    ? []
    : names
        .filter(({ leaf }) => leaf.names.length > 0)
        .map(({ name, type }) => ({ kind: 'hide', name, code: type ? 'VE202' : 'VE201' }));
  const defaults = library.leaves.flatMap(({ defaultName }) =>
    defaultName === undefined ? [] : [{ kind: 'drop', name: defaultName, code: 'VE201' }],
  );
  const modules = library.leaves.map(({ path, names: all }) => ({
    kind: 'module',
    path,
    code: all.every(({ type }) => type) ? 'VE202' : 'VE201',
  }));
  const subpaths = library.subpaths.map((path) => ({ kind: 'subpath', path, code: 'VE205' }));
  return [...drops, ...hidden, ...modules, ...defaults, ...subpaths, { kind: 'dependency', code: 'VE207' }];
}

/** The files of a workspace, with a break if one is given. `buildLibrary` creates the output. */
export function renderWorkspace(workspace, broken) {
  const { library, range } = workspace;
  const files = new Map();
  const put = (file, value) =>
    files.set(
      file,
      typeof value === 'string' ? value : `${JSON.stringify(value, null, library.style.indent)}\n`,
    );
  put('package.json', { name: 'root', private: true, workspaces: ['packages/*'] });
  put('packages/lib/package.json', libraryManifest(workspace, broken));
  const dropped = droppedBy(library, broken);
  const sources = library.commonjs
    ? renderCommonJs(library, dropped)
    : renderSources(broken?.kind === 'hide' ? hiding(library, broken.name) : library, dropped);
  for (const [file, text] of sources) put(`packages/lib/src/${file}`, text);
  const declared = { dependencies: { '@acme/lib': range } };
  put('packages/other/package.json', { name: '@acme/other', version: '1.0.0', ...declared });
  put('packages/app/package.json', {
    name: '@acme/app',
    version: '1.0.0',
    ...(library.commonjs && workspace.ask === 'require' ? {} : { type: 'module' }),
    ...(broken?.kind === 'dependency' ? {} : declared),
  });
  put(...application(workspace));
  return files;
}

/** The names that barrels do not export: one name, or all names of a module. */
function droppedBy({ leaves }, broken) {
  if (broken?.kind === 'drop') return new Set([broken.name]);
  if (broken?.kind !== 'module') return new Set();
  const { names, defaultName } = leaves.find(({ path }) => path === broken.path);
  return new Set([...names.map(({ name }) => name), ...(defaultName === undefined ? [] : [defaultName])]);
}

/** The same library with one private declaration. Lists cannot name it any more, so they do not have it. */
function hiding(library, name) {
  const leaves = library.leaves.map((leaf) => ({
    ...leaf,
    names: leaf.names.map((entry) => (entry.name === name ? { ...entry, isPrivate: true } : entry)),
  }));
  return { ...library, leaves };
}

function libraryManifest({ library, build, shape }, broken) {
  const entries = ['index', ...library.subpaths];
  const exports = Object.fromEntries(
    entries
      .filter((entry) => !(broken?.kind === 'subpath' && entry === broken.path))
      .map((entry) => [subpathOf(entry), targetOf(entry, library, build, shape)]),
  );
  const isModule = build === 'files' || build === 'bundle' || build === 'dual';
  return { name: '@acme/lib', version: '1.2.3', ...(isModule && { type: 'module' }), exports };
}

export function subpathOf(entry) {
  return entry === 'index' ? '.' : `./${entry.replace(/\/index$/, '')}`;
}

function targetOf(entry, library, build, shape) {
  const js = `./dist/${entry}.js`;
  if (library.commonjs) return shape === 'flat' ? js : { default: js };
  const types = `./dist/${entry}.d.ts`;
  if (build === 'dual') {
    const cjs = { types: `./dist/${entry}.d.cts`, default: `./dist/${entry}.cjs` };
    return { import: { types, default: js }, require: cjs };
  }
  if (shape === 'flat') return js;
  return shape === 'types' ? { types, default: js } : { types, import: js, default: js };
}

/** A file of the application that imports every name. */
function application({ library, ask }) {
  const names = library.leaves.flatMap((leaf) => leaf.names);
  const defaults = library.leaves.flatMap(({ defaultName }) => defaultName ?? []);
  if (library.commonjs) {
    const list = names.map(({ name }) => name).join(', ');
    const statement =
      ask === 'require'
        ? `const { ${list} } = require('@acme/lib');`
        : `import { ${list} } from '@acme/lib';`;
    return ['packages/app/main.js', `${statement}\nconsole.log(${list});\n`];
  }
  const values = [...names.filter(({ type }) => !type).map(({ name }) => name), ...defaults];
  const types = names.filter(({ type }) => type).map(({ name }) => name);
  const lines = [
    ...(values.length > 0 ? [`import { ${values.join(', ')} } from '@acme/lib';`] : []),
    ...(types.length > 0 ? [`import type { ${types.join(', ')} } from '@acme/lib';`] : []),
    ...library.subpaths.map(
      (path, at) => `import { helper as helper${at} } from '@acme/lib/${subpathOf(path).slice(2)}';`,
    ),
    `console.log(${[...values, ...library.subpaths.map((_, at) => `helper${at}`)].join(', ')});`,
    ...types.map((name, at) => `export type T${at} = ${name};`),
  ];
  return ['packages/app/main.ts', `${lines.join('\n')}\n`];
}
