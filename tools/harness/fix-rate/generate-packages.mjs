const RANGES = ['*', 'workspace:*', 'workspace:^', '^1.2.3', '1.2.3'];

/**
 * Packages that import each other, each with a field that declares every import. Later packages import
 * earlier ones only, so there is no cycle.
 *
 * An import is in shipped code (`code`), in shipped declarations (`types`), in a test or in a configuration.
 */
export function generatePackages(random) {
  const range = random.pick(RANGES);
  const count = random.int(3, 6);
  const packages = [];
  for (let index = 0; index < count; index++) {
    const isPrivate = index === count - 1 || random.chance(1 / 4);
    const imports = [];
    for (const provider of packages) {
      if (!random.chance(1 / 2)) continue;
      // A published package cannot depend on a private one when it runs.
      const shipped = isPrivate || !provider.isPrivate ? ['code', 'code', 'types'] : [];
      const use = random.pick([...shipped, 'test', 'config']);
      imports.push({ name: provider.name, use, field: fieldFor(random, use, isPrivate), range });
    }
    packages.push({ name: `p${index}`, isPrivate, imports });
  }
  return packages;
}

function fieldFor(random, use, isPrivate) {
  if (use === 'test' || use === 'config') return 'devDependencies';
  if (isPrivate) return random.pick(['dependencies', 'devDependencies']);
  return random.pick(['dependencies', 'dependencies', 'peerDependencies']);
}

/** The possible breaks of the manifests and the imports. */
export function breaksOfPackages(packages) {
  const breaks = [];
  packages.forEach(({ name, isPrivate, imports }, index) => {
    for (const { name: provider, use, field } of imports) {
      breaks.push({ kind: 'undeclared', dependent: name, provider });
      if (!isPrivate && (use === 'code' || use === 'types') && field !== 'devDependencies')
        breaks.push({ kind: 'development', dependent: name, provider });
    }
    for (const later of packages.slice(index + 1))
      breaks.push({ kind: 'backwards', dependent: name, provider: later.name });
    if (!isPrivate)
      for (const other of packages.slice(0, index))
        if (other.isPrivate && !imports.some(({ name: known }) => known === other.name))
          breaks.push({ kind: 'private', dependent: name, provider: other.name });
  });
  return breaks;
}

export function breakPackages(packages, { kind, dependent, provider }) {
  return packages.map((pkg) => {
    if (pkg.name !== dependent) return pkg;
    const rest = pkg.imports.filter(({ name }) => name !== provider);
    const broken = pkg.imports.find(({ name }) => name === provider);
    switch (kind) {
      case 'undeclared':
        return { ...pkg, imports: [...rest, { ...broken, field: undefined }] };
      case 'development':
        return { ...pkg, imports: [...rest, { ...broken, field: 'devDependencies' }] };
      default:
        return { ...pkg, imports: [...pkg.imports, { name: provider, use: 'code', field: undefined }] };
    }
  });
}

export function renderPackages(packages) {
  const files = new Map([['package.json', json({ private: true, workspaces: ['packages/*'] })]]);
  for (const { name, isPrivate, imports } of packages) {
    const folder = `packages/${name}`;
    const fields = {};
    for (const { name: provider, field, range } of imports)
      if (field) (fields[field] ??= {})[`@acme/${provider}`] = range;
    const exports = { types: './index.d.ts', default: './index.js' };
    const base = {
      name: `@acme/${name}`,
      version: '1.2.3',
      ...(isPrivate && { private: true }),
      type: 'module',
    };
    files.set(`${folder}/package.json`, json({ ...base, exports, ...fields }));
    const of = (use) => imports.filter((entry) => entry.use === use).map((entry) => entry.name);
    // A dynamic import does not link, so a cycle of imports breaks nothing by itself.
    const loads = of('code').map((other) => `export const load_${other} = () => import('@acme/${other}');`);
    const firm = of('code')
      .filter((other) => other < name)
      .map((other) => `export { ${other} } from '@acme/${other}';`);
    const typed = of('types').map((other) => `export type { T_${other} } from '@acme/${other}';`);
    files.set(`${folder}/index.js`, lines([...firm, ...loads, `export const ${name} = 1;`]));
    const declared = of('code').map((other) => `export declare const load_${other}: () => Promise<unknown>;`);
    const values = [`export declare const ${name}: number;`, `export interface T_${name} { x: number }`];
    files.set(`${folder}/index.d.ts`, lines([...firm, ...typed, ...declared, ...values]));
    const importing = (other) => `import { ${other} } from '@acme/${other}';\nconsole.log(${other});`;
    if (of('test').length > 0) files.set(`${folder}/index.spec.js`, lines(of('test').map(importing)));
    if (of('config').length > 0) files.set(`${folder}/vite.config.js`, lines(of('config').map(importing)));
  }
  return files;
}

function json(value) {
  return `${JSON.stringify(value, undefined, 2)}\n`;
}

function lines(all) {
  return `${all.join('\n')}\n`;
}
