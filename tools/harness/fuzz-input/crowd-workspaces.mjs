import { random } from '../../bench/random.mjs';

/** @typedef {import('./case-workspaces.mjs').CaseWorkspace} CaseWorkspace */

/** How many workspaces are made. */
export const CROWDS = 12;
/** A longer text makes a run slow. */
const LONGEST = 4000;

/**
 * Workspaces of three packages with many modules, from the cases of all rules. Most of the time of a check is spent on packages,
 * so many damaged modules in one package are checked faster than one module in each of many packages. An entry point
 * imports each module by a statement of its own, so no module hides another.
 *
 * @param {readonly CaseWorkspace[]} cases
 * @returns {CaseWorkspace[]}
 */
export function crowdWorkspaces(cases) {
  const pool = cases.flatMap(({ files }) => [...files]).filter(([, text]) => text.length < LONGEST);
  const ending = (pattern) => pool.filter(([path]) => pattern.test(path));
  const pools = {
    modules: ending(/(?<!config)\.(m|c)?js$/),
    declarations: ending(/\.d\.(m|c)?ts$/),
    sources: ending(/(?<!\.d)\.(m|c)?tsx?$|\.(vue|svelte|astro)$/),
    styles: ending(/\.css$/),
    pages: ending(/\.html$/),
    maps: ending(/\.map$/),
  };
  return Array.from({ length: CROWDS }, (_, number) => crowdOf(number, pools));
}

function crowdOf(number, pools) {
  const rand = random(number);
  /** @type {Map<string, string>} */
  const files = new Map();
  const add = (pool, count, folder, extensionOf) =>
    rand.some(pool, count).map(([path, text], at) => {
      const file = `${folder}/${at}${extensionOf(path)}`;
      files.set(file, text);
      return file;
    });
  const extension = (path) => /(?:\.d)?\.\w+$/.exec(path)?.[0] ?? '';
  const modules = add(pools.modules, 28, 'packages/lib/dist/m', extension);
  const declarations = add(pools.declarations, 14, 'packages/lib/dist/t', extension);
  const styles = add(pools.styles, 3, 'packages/lib/dist/s', extension);
  const pages = add(pools.pages, 3, 'packages/app/dist', extension);
  const sources = add(pools.sources, 22, 'packages/app/src', extension);
  for (const [at, [, text]] of rand.some(pools.maps, 3).entries()) {
    files.set(`packages/lib/dist/m/${at}.js.map`, text);
    files.set(modules[at], `${files.get(modules[at])}\n//# sourceMappingURL=${at}.js.map\n`);
  }
  const local = (file) => `./${file.slice('packages/lib/dist/'.length)}`;
  const statements = [
    (file) => `import '${local(file)}';`,
    (file) => `export * from '${local(file)}';`,
    (file, at) => `export { default as d${at}, a as a${at} } from '${local(file)}';`,
    (file, at) => `import * as n${at} from '${local(file)}';\nexport { n${at} };`,
    (file, at) => `export const l${at} = () => import('${local(file)}');`,
  ];
  files.set('packages/lib/dist/index.js', [...modules, ...styles].map((file, at) => (styles.includes(file) ? statements[0] : rand.pick(statements))(file, at)).join('\n')); // prettier-ignore
  files.set('packages/lib/dist/index.cjs', modules.map((file, at) => `exports.r${at} = require('${local(file)}');`).join('\n')); // prettier-ignore
  files.set('packages/lib/dist/index.d.ts', declarations.map((file) => `export * from '${local(file).replace(/\.d\.(m|c)?ts$/, '.$1js')}';`).join('\n')); // prettier-ignore
  const names = sources.flatMap((file) =>
    [...(files.get(file) ?? '').matchAll(/from ["'](@?[\w./-]+)["']/g)].map((found) => found[1]),
  );
  files.set('package.json', '{ "private": true, "workspaces": ["packages/*"] }\n');
  files.set('packages/lib/package.json', manifestOf({
    name: names.find((name) => name?.startsWith('@acme/')) ?? '@acme/lib', version: '1.0.0', type: 'module', types: './dist/index.d.ts',
    exports: {
      '.': { types: './dist/index.d.ts', import: './dist/index.js', require: './dist/index.cjs' }, './m/*': './dist/m/*', './t/*': { types: './dist/t/*.d.ts' },
    },
    files: ['dist'],
  })); // prettier-ignore
  const dependencies = Object.fromEntries(names.filter((name) => /^(@[^/]+\/)?[^/]+$/.test(name ?? '')).map((name) => [name, '*'])); // prettier-ignore
  files.set('packages/app/package.json', manifestOf({ name: 'app', private: true, main: './dist/main.js', dependencies })); // prettier-ignore
  const main = sources.map((_, at) => `require('./${at}.js');`).join('\n');
  files.set('packages/app/dist/main.js', `${main}\n${pages.map((file) => `fetch('${file}');`).join('\n')}`);
  files.set('packages/app/tsconfig.json', '{ "compilerOptions": { "module": "nodenext", "outDir": "dist", "rootDir": "src" } }\n'); // prettier-ignore
  return { name: `crowd ${number}`, files };
}

function manifestOf(data) {
  return `${JSON.stringify(data, null, 2)}\n`;
}
