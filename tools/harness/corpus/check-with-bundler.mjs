import { randomUUID } from 'node:crypto';
import { rmSync, writeFileSync } from 'node:fs';
import { builtinModules } from 'node:module';
import { dirname, join, relative } from 'node:path';
import { build } from 'esbuild';

/**
 * Bundles a module that imports everything from the reported one, as the bundler of a consumer does, and looks whether the bundle contains
 * the file that the reported import names. Node cannot answer this, because it ignores `sideEffects`.
 *
 * @param {{ from: string; specifier: string }} probe
 * @returns {Promise<import('./check-with-node.mjs').ProbeResult>} `holds` if the bundle contains the file
 */
export async function checkContents({ from, specifier }) {
  const dropped = [];
  const { metafile, error } = await bundle(
    from,
    `import * as all from ${JSON.stringify(from)}; console.log(all);`,
    {
      plugins: [externals, noting(from, specifier, dropped)],
    },
  );
  if (!metafile) return { outcome: 'unclear', observed: error };
  const [target] = dropped;
  if (target === undefined) return { outcome: 'unclear', observed: 'the bundle does not reach the import' };
  const [output] = Object.values(metafile.outputs);
  const kept = Object.entries(output.inputs).some(
    ([file, { bytesInOutput }]) => join('/', file) === target && bytesInOutput > 0,
  );
  return kept
    ? { outcome: 'holds', observed: 'esbuild keeps the module' }
    : { outcome: 'fails', observed: 'esbuild drops the module' };
}

/**
 * Bundles an import of a name for browsers.
 *
 * @param {{ from: string; specifier: string; name?: string }} probe
 * @returns {Promise<import('./check-with-node.mjs').ProbeResult>}
 */
export async function checkForBrowsers({ from, specifier, name }) {
  const text = `import { ${JSON.stringify(name)} as probed } from ${JSON.stringify(specifier)}; console.log(probed);`;
  const {
    metafile,
    error,
    warnings = [],
  } = await bundle(from, text, {
    platform: 'browser',
    plugins: [externals],
  });
  const lacking = [error, ...warnings].find(
    (text) => text && /No matching export|always be undefined/.test(text),
  );
  if (lacking) return { outcome: 'fails', observed: lacking };
  return metafile
    ? { outcome: 'holds', observed: 'esbuild links it' }
    : { outcome: 'unclear', observed: error };
}

/** Bundles a text as if it were next to a file. */
async function bundle(from, text, options) {
  const file = join(dirname(from), `.probe-${randomUUID()}.mjs`);
  writeFileSync(file, text);
  try {
    const { metafile, warnings } = await build({
      entryPoints: [file],
      bundle: true,
      write: false,
      metafile: true,
      outfile: '/out.js',
      format: 'esm',
      platform: 'node',
      treeShaking: true,
      logLevel: 'silent',
      absWorkingDir: '/',
      loader: Object.fromEntries(ASSETS.map((extension) => [extension, 'empty'])),
      ...options,
    });
    return { metafile, warnings: warnings.map((warning) => warning.text) };
  } catch (error) {
    if (!error.errors) throw error;
    return {
      error: error.errors
        .map((one) => one.text)
        .join('; ')
        .slice(0, 400),
    };
  } finally {
    rmSync(file, { force: true });
  }
}

const ASSETS = ['.node', '.wasm', '.css', '.svg', '.png', '.woff2', '.html'];

/** What is not installed is not in question. Node's own modules are not bundled for browsers. */
const externals = {
  name: 'externals',
  setup({ onResolve, resolve }) {
    onResolve({ filter: /^[^./]/ }, async ({ path, pluginData, ...ask }) => {
      if (pluginData === 'asked' || ask.kind === 'entry-point') return undefined;
      if (path.startsWith('node:') || builtinModules.includes(path)) return { path, external: true };
      const { resolveDir, kind, importer } = ask;
      const found = await resolve(path, { resolveDir, kind, importer, pluginData: 'asked' });
      return found.errors.length > 0 ? { path, external: true } : found;
    });
  },
};

/** Notes the file that the reported import names. */
function noting(from, specifier, found) {
  return {
    name: 'noting',
    setup({ onResolve, resolve }) {
      onResolve({ filter: /^\./ }, async ({ path, importer, pluginData, resolveDir, kind }) => {
        if (pluginData === 'asked' || path !== specifier || relative(importer, from) !== '') return undefined;
        const result = await resolve(path, { resolveDir, kind, importer, pluginData: 'asked' });
        found.push(result.path);
        return result.errors.length > 0 ? undefined : result;
      });
    },
  };
}
