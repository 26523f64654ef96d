import { execFileSync } from 'node:child_process';
import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { join, relative, sep } from 'node:path';
import ts from 'typescript6';
import { random as seeded } from '../../bench/random.mjs';
import { makeProbe, runtimeForm, typesForm } from './probes.mjs';
import { splitStatements } from './split-statements.mjs';
import { APP } from './workspace.mjs';

const repository = join(import.meta.dirname, '../../..');

/**
 * Real workspaces to mutate: the fixed incident and, if the corpus is installed, small published packages without dependencies.
 *
 * @param {{ seed: number }} options
 * @returns {import('./workspace.mjs').Workspace[]}
 */
export function realWorkspaces({ seed }) {
  const random = seeded(seed);
  return [incident(random), ...smallPackages().flatMap((folder) => published(random, folder) ?? [])];
}

function incident(random) {
  const folder = join(repository, 'examples/incident/packages');
  const manifests = [];
  const modules = [];
  for (const name of ['monitoring', 'gateway']) {
    const manifest = JSON.parse(readFileSync(join(folder, name, 'package.json'), 'utf8'));
    manifests.push({
      path: `packages/${name}/package.json`,
      json: { ...manifest, version: undefined, scripts: undefined },
    });
    for (const file of readdirSync(join(folder, name, 'src'))) {
      const text = readFileSync(join(folder, name, 'src', file), 'utf8');
      const path = `packages/${name}/dist/${file.replace(/\.ts$/, '')}`;
      const fixed =
        path === 'packages/monitoring/dist/index'
          ? `${text}export { clearRequestContext, setRequestContext } from './error-reporter.js';\n`
          : text;
      modules.push(...built(path, fixed));
    }
  }
  const names = {
    '@acme/monitoring': [
      'ErrorService',
      'RateLimiter',
      'RequestContext',
      'clearRequestContext',
      'setRequestContext',
    ],
    '@acme/gateway': ['withMonitoring', 'Handler', 'Request'],
  };
  return requested(random, {
    flavour: 'incident',
    manifests,
    modules,
    names: new Map(Object.entries(names)),
  });
}

const COMPILED = { target: ts.ScriptTarget.ES2022, module: ts.ModuleKind.ES2022, verbatimModuleSyntax: true };

function built(path, text) {
  const code = ts.transpileModule(text, { compilerOptions: COMPILED }).outputText;
  const declarations = ts.transpileDeclaration(text, { compilerOptions: COMPILED }).outputText;
  return [
    { path: `${path}.js`, chunks: splitStatements(`${path}.js`, code) },
    { path: `${path}.d.ts`, chunks: splitStatements(`${path}.d.ts`, declarations) },
  ];
}

const MOST_FILES = 40;
const MOST_BYTES = 120_000;

function smallPackages() {
  const installed = join(repository, '.cache/corpus/install/node_modules');
  if (!existsSync(installed)) return [];
  const { families } = JSON.parse(
    readFileSync(join(repository, 'tools/harness/corpus/packages.json'), 'utf8'),
  );
  return families
    .flatMap(({ packages }) => Object.keys(packages))
    .map((name) => join(installed, name))
    .filter((folder) => existsSync(folder));
}

/** Undefined for a package that is large, has dependencies, or does not load in Node. */
function published(random, folder) {
  const manifest = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8'));
  // TypeScript treats packages with the same name and version as one, but a mutant is different.
  const {
    name,
    version: _,
    dependencies = {},
    peerDependencies = {},
    scripts: __,
    devDependencies: ___,
    ...json
  } = manifest;
  if (Object.keys({ ...dependencies, ...peerDependencies }).length > 0) return undefined;
  const files = readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && /\.[cm]?[jt]s$/.test(entry.name))
    .map((entry) => join(entry.parentPath, entry.name))
    .filter((file) => !file.slice(folder.length).includes('node_modules'));
  const bytes = files.reduce((sum, file) => sum + statSync(file).size, 0);
  if (files.length > MOST_FILES || bytes > MOST_BYTES) return undefined;
  const names = namesOf(name);
  if (names.length === 0) return undefined;
  const root = 'packages/real';
  const modules = files.map((file) => {
    const path = `${root}/${relative(folder, file).split(sep).join('/')}`;
    return { path, chunks: splitStatements(path, readFileSync(file, 'utf8')) };
  });
  const manifests = [{ path: `${root}/package.json`, json: { name, ...json } }];
  return requested(random, { flavour: 'published', manifests, modules, names: new Map([[name, names]]) });
}

/** The names that Node exports for `import`. Empty if the package does not load. */
function namesOf(name) {
  try {
    const code = `import(${JSON.stringify(name)}).then((all) => console.log(JSON.stringify(Object.keys(all))))`;
    const cwd = join(repository, '.cache/corpus/install');
    const printed = execFileSync(process.execPath, ['--input-type=module', '-e', code], {
      cwd,
      encoding: 'utf8',
      stdio: ['ignore', 'pipe', 'ignore'],
      timeout: 10_000,
    });
    const names = JSON.parse(printed.trim().split('\n').at(-1) ?? '[]');
    return names.filter((one) => one !== 'module.exports');
  } catch {
    return [];
  }
}

const MOST_PROBES = 12;

function requested(random, { flavour, manifests, modules, names }) {
  const dependencies = Object.fromEntries([...names.keys()].map((name) => [name, '*']));
  const app = { path: `${APP}/package.json`, json: { name: '@w/app', private: true, dependencies } };
  const all = [...names].flatMap(([specifier, list]) => list.map((name) => ({ specifier, name })));
  const probes = random.some(all, MOST_PROBES).map(({ specifier, name }, index) => {
    const types = random.chance(0.4);
    const form = types ? typesForm({ random }) : runtimeForm({ random, named: true });
    return makeProbe({ form, index, specifier, name });
  });
  return { flavour, seed: 0, manifests: [...manifests, app], modules, probes };
}
