// Second half of a package's build, after `tsc -b`: bundles the engine into one script,
// bundles the declarations that a package exports, and copies the plugin's schemas beside the compiled code.
// Usage: node tools/scripts/build.mjs [engine|nx]
import { createHash } from 'node:crypto';
import { cpSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { basename, dirname, join, relative } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';
import { rollup } from 'rollup';
import { dts } from 'rollup-plugin-dts';
import { buildExportMapPage } from './export-map-page.mjs';

const packages = join(dirname(fileURLToPath(import.meta.url)), '../..', 'packages');
const wanted = process.argv[2];
const requireHere = createRequire(import.meta.url);

/**
 * Packages that a check may not need: native code, parsers, searches. They are loaded with the first use of one of their functions,
 * because every task of Nx is a new process.
 */
const LAZY = [
  'oxc-parser',
  'oxc-resolver',
  'cjs-module-lexer',
  'get-tsconfig',
  'tinyglobby',
  'fastest-levenshtein',
  'jsonc-parser',
  'diff',
  'es-module-lexer',
];

/** Packages, or modules of packages, that are a function. */
const LAZY_FUNCTIONS = ['picomatch', 'semver/functions/*', 'semver/ranges/*'];

if (!wanted || wanted === 'engine') {
  const engine = join(packages, 'engine');
  rmSync(join(engine, 'dist'), { recursive: true, force: true });
  await bundleEngine(engine);
  // The start-up check runs it in other processes.
  cpSync(join(engine, 'src/startup/load-runner.mjs'), join(engine, 'dist/load-runner.mjs'));
  await buildExportMapPage(join(engine, 'dist/export-map.html'));
  await bundleDeclarations(engine, { entry: 'index', packages: [] });
  await bundleDeclarations(engine, { entry: 'load-engine', packages: ['./index.js'] });
  await bundleDeclarations(engine, { entry: 'cli/main', output: 'cli', packages: [] });
}
if (!wanted || wanted === 'nx') {
  const nx = join(packages, 'nx');
  copySchemas(nx);
  await bundleShortProcesses(nx);
  for (const entry of ['plugin', 'workspace'])
    await bundleDeclarations(nx, { entry, packages: ['@nx/devkit', '@verify-exports/engine'] });
}

/**
 * The engine itself is a script, because V8 can keep the compiled code of a script for later processes on every version of
 * Node. index.js only exports what is in it.
 */
async function bundleEngine(folder) {
  const { dependencies } = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8'));
  /** @type {import('esbuild').BuildOptions} */
  const common = {
    outdir: join(folder, 'dist'),
    bundle: true,
    platform: 'node',
    target: 'node20',
    external: Object.keys(dependencies),
    minifyWhitespace: !process.env.READABLE,
    // Enough for true places in a stack trace. The sources themselves would make the package twice as large.
    sourcemap: true,
    sourcesContent: false,
    logLevel: 'warning',
  };
  /** @type {import('esbuild').BuildOptions} */
  const script = {
    ...common,
    plugins: [await lazyPackages()],
    format: 'cjs',
    outExtension: { '.js': '.cjs' },
    banner: { js: "const __moduleUrl = require('node:url').pathToFileURL(__filename).href;" },
    define: {
      ENGINE_SOURCES: JSON.stringify(hashOfSources(join(folder, 'src'))),
      'import.meta.url': '__moduleUrl',
    },
  };
  await build({ ...script, entryPoints: { engine: join(folder, 'src/index.ts') } });
  // The threads that read ahead load only what they need.
  await build({ ...script, entryPoints: { 'read-ahead': join(folder, 'src/parse/ahead/ahead-worker.ts') } });
  const engine = join(folder, 'dist/engine.cjs');
  // Comments do no harm.
  if (!process.env.READABLE && /[^\0-\x7f]/.test(readFileSync(engine, 'utf8')))
    throw new Error(`${engine} is not ASCII, and is read as such.`);
  const names = Object.keys(createRequire(engine)(engine));
  // An import would make Node search the whole text for exports, which takes as long as compiling it.
  const load =
    "import { createRequire } from 'node:module';\nconst engine = createRequire(import.meta.url)('./engine.cjs');";
  writeFileSync(join(folder, 'dist/index.js'), `${load}\nexport const { ${names.join(', ')} } = engine;\n`);
  await build({
    ...common,
    entryPoints: {
      'load-engine': join(folder, 'src/load-engine.ts'),
      cli: join(folder, 'src/cli/main.ts'),
      'verify-exports': join(folder, 'src/cli/verify-exports.ts'),
    },
    plugins: [commandLine()],
    format: 'esm',
  });
}

/** An esbuild plugin that replaces a package with an object whose properties load the package. */
async function lazyPackages() {
  const names = new Map();
  for (const name of LAZY) names.set(name, Object.keys(await import(name)));
  return {
    name: 'lazy-packages',
    setup({ onResolve, onLoad }) {
      onResolve({ filter: new RegExp(`^(${LAZY.join('|')})$`) }, ({ path, namespace }) =>
        namespace === 'lazy' ? { path, external: true } : { path, namespace: 'lazy' },
      );
      const functions = new RegExp(`^(${LAZY_FUNCTIONS.join('|').replaceAll('*', '[^*]+')})$`);
      onResolve({ filter: functions }, ({ path, namespace }) =>
        namespace === 'lazy-function' ? { path, external: true } : { path, namespace: 'lazy-function' },
      );
      onLoad({ filter: /.*/, namespace: 'lazy-function' }, ({ path }) => ({
        loader: 'js',
        contents: [
          `let loaded;`,
          `const load = () => (loaded ??= require(${JSON.stringify(path)}));`,
          `const call = (...args) => load()(...args);`,
          ...Object.keys(requireHere(path)).map(
            (name) =>
              `Object.defineProperty(call, ${JSON.stringify(name)}, { get: () => load()[${JSON.stringify(name)}] });`,
          ),
          `export default call;`,
        ].join('\n'),
      }));
      onLoad({ filter: /.*/, namespace: 'lazy' }, ({ path }) => ({
        loader: 'js',
        contents: [
          `let loaded;`,
          `const load = () => (loaded ??= require(${JSON.stringify(path)}));`,
          `module.exports = {`,
          ...names
            .get(path)
            .map((name) => `  get ${JSON.stringify(name)}() { return load()[${JSON.stringify(name)}]; },`),
          `};`,
        ].join('\n'),
      }));
    },
  };
}

/** The command line and the loader use the built engine, like every other caller. The program uses the built command line. */
function commandLine() {
  return {
    name: 'command-line',
    setup: ({ onResolve }) => {
      onResolve({ filter: /^(\.\.?\/)+index\.js$/ }, ({ importer }) =>
        /[\\/]src[\\/](?:cli[\\/]|load-engine\.ts$)/.test(importer)
          ? { path: './index.js', external: true }
          : undefined,
      );
      onResolve({ filter: /^\.\/main\.js$/ }, ({ importer, kind }) =>
        kind === 'import-statement' && importer.endsWith('verify-exports.ts')
          ? { path: './cli.js', external: true }
          : undefined,
      );
    },
  };
}

/** What an engine of other sources has kept in a cache folder must not be used. */
function hashOfSources(folder) {
  const hash = createHash('sha256');
  for (const file of readdirSync(folder, { recursive: true, encoding: 'utf8' }).sort())
    if (file.endsWith('.ts')) hash.update(`${file}\0`).update(readFileSync(join(folder, file)));
  return hash.digest('hex');
}

/**
 * Writes one file of declarations with everything that an entry point's types need, and nothing else. It fails if they need a
 * package that is not in the list.
 */
async function bundleDeclarations(folder, { entry, output = entry, packages: external }) {
  const bundle = await rollup({
    input: join(folder, '.cache/declarations', `${entry}.d.ts`),
    plugins: [dts()],
    external,
    onwarn: (warning) => {
      throw new Error(warning.message);
    },
  });
  await bundle.write({ file: join(folder, 'dist', `${output}.d.ts`) });
  await bundle.close();
}

/**
 * Makes one file of each module that Nx loads in short processes: in every task, and with every command. Node takes longer to find
 * and load forty modules than to compile them.
 */
async function bundleShortProcesses(folder) {
  const { dependencies } = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8'));
  const packages = [...Object.keys(dependencies), 'nx', '@nx/devkit'];
  await build({
    entryPoints: ['plugin', 'executors/verify-exports/executor', 'executors/verify-exports/batch'].map(
      (name) => join(folder, 'src', `${name}.ts`),
    ),
    outbase: join(folder, 'src'),
    outdir: join(folder, 'dist'),
    bundle: true,
    platform: 'node',
    target: 'node20',
    format: 'cjs',
    external: packages.flatMap((name) => [name, `${name}/*`]),
    // The configuration maps the engine to its sources.
    tsconfigRaw: {},
    logLevel: 'warning',
  });
}

function copySchemas(folder) {
  for (const file of schemaFiles(join(folder, 'src'))) {
    const target = join(folder, 'dist', relative(join(folder, 'src'), file));
    mkdirSync(dirname(target), { recursive: true });
    cpSync(file, target);
  }
}

function schemaFiles(folder) {
  return readdirSync(folder, { recursive: true })
    .map((file) => join(folder, file))
    .filter((file) => basename(file) === 'schema.json');
}
