// Builds the page of the export map: one HTML file with its script and styles inside. Tests use it as a global setup of vitest.
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { build } from 'esbuild';

const engine = join(import.meta.dirname, '../../packages/engine');
const source = join(engine, 'src/export-map');

/** Writes the page for tests, which read the engine's sources. */
export async function setup() {
  await buildExportMapPage(join(engine, '.cache/export-map.html'));
}

/** @param {string} file where to write the page */
export async function buildExportMapPage(file) {
  const [{ text: script, inputs }, { text: style }] = await Promise.all([
    bundled('main.ts'),
    bundled('page.css'),
  ]);
  // A library writes separators into its strings. No output of ours contains raw control characters.
  const readable = script.replaceAll(
    // oxlint-disable-next-line no-control-regex
    /[\u0000-\u0008\u000B-\u001F\u007F]/g,
    (character) => `\\x${character.charCodeAt(0).toString(16).padStart(2, '0')}`,
  );
  const parts = { STYLE: style, SCRIPT: readable };
  const page = Object.entries(parts).reduce(
    (text, [name, part]) => text.replace(`/*${name}*/`, () => part),
    readFileSync(join(source, 'page.html'), 'utf8'),
  );
  // No other script can run in the page: not one in a name that is shown, and not one from the network. The hash covers the
  // white space around the script too.
  const inline = /<script>([\s\S]*?)<\/script>/.exec(page)?.[1] ?? '';
  const hash = `sha256-${createHash('sha256').update(inline).digest('base64')}`;
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(`${file}.licenses.txt`, licensesOf(inputs).join('\n---\n\n'));
  // Several test processes write and read the same file.
  const whole = `${file}.${process.pid}`;
  writeFileSync(
    whole,
    page.replace('/*HASH*/', () => hash),
  );
  renameSync(whole, file);
}

/** @param {string} entry */
async function bundled(entry) {
  const { outputFiles, metafile } = await build({
    entryPoints: [join(source, entry)],
    bundle: true,
    minify: true,
    format: 'iife',
    platform: 'browser',
    target: ['chrome123', 'firefox120', 'safari17.5'],
    legalComments: 'inline',
    write: false,
    metafile: true,
    absWorkingDir: join(engine, '../..'),
    logLevel: 'warning',
  });
  return { text: outputFiles[0].text.trim(), inputs: Object.keys(metafile.inputs) };
}

/**
 * The licenses of the packages whose code is in the page.
 *
 * @param {readonly string[]} inputs the files in the bundle, relative to the repository
 */
function licensesOf(inputs) {
  const folders = inputs.flatMap(
    (file) => /^(?:.*\/)?node_modules\/(?:@[^/]+\/)?[^/]+/.exec(file)?.[0] ?? [],
  );
  return [...new Set(folders)].sort().map((name) => {
    const folder = join(engine, '../..', name);
    const license = readdirSync(folder).find((file) => /^licen[cs]e/i.test(file));
    if (license === undefined || !existsSync(join(folder, license)))
      throw new Error(`${name} has no license file.`);
    return `${name.replace(/^.*node_modules\//, '')}\n\n${readFileSync(join(folder, license), 'utf8').trim()}\n`;
  });
}
