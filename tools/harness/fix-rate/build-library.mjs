import { cpSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { buildSync } from 'esbuild';
import ts from 'typescript6';

const LIBRARY = 'packages/lib';

/**
 * Builds the library of a workspace as real projects do: file by file with TypeScript, or bundled with esbuild, to ES modules,
 * CommonJS or both, with declarations. Hand-written CommonJS is copied.
 *
 * @throws Error when the sources do not compile
 */
export function buildLibrary(root, { build, library }) {
  const [src, dist] = [join(root, LIBRARY, 'src'), join(root, LIBRARY, 'dist')];
  rmSync(dist, { recursive: true, force: true });
  if (build === 'copy') return cpSync(src, dist, { recursive: true });
  const sources = readdirSync(src, { recursive: true, encoding: 'utf8' }).filter((file) =>
    file.endsWith('.ts'),
  );
  for (const file of sources) {
    const text = readFileSync(join(src, file), 'utf8');
    const out = join(dist, file.replace(/\.ts$/, ''));
    if (build === 'files') write(`${out}.js`, emit(text, ts.ModuleKind.ESNext));
    if (build === 'commonjs') write(`${out}.js`, emit(text, ts.ModuleKind.CommonJS));
    const declarations = declare(text, file);
    write(`${out}.d.ts`, declarations);
    if (build === 'dual')
      write(`${out}.d.cts`, declarations.replaceAll(/(["']\.\.?\/[^"']*)\.js(["'])/g, '$1.cjs$2'));
  }
  if (build === 'bundle' || build === 'dual') bundle(src, dist, library, 'esm', '.js');
  if (build === 'dual') bundle(src, dist, library, 'cjs', '.cjs');
}

const OPTIONS = {
  target: ts.ScriptTarget.ES2022,
  rewriteRelativeImportExtensions: true,
  isolatedModules: true,
  verbatimModuleSyntax: false,
};

function emit(text, module) {
  const { outputText, diagnostics } = ts.transpileModule(text, {
    compilerOptions: { ...OPTIONS, module },
    reportDiagnostics: true,
  });
  reject(diagnostics);
  return outputText;
}

function declare(text, fileName) {
  const { outputText, diagnostics } = ts.transpileDeclaration(text, {
    compilerOptions: { ...OPTIONS, declaration: true },
    reportDiagnostics: true,
    fileName,
  });
  reject(diagnostics);
  return outputText.replaceAll(/(["']\.\.?\/[^"']*)\.ts(["'])/g, '$1.js$2');
}

function reject(diagnostics = []) {
  if (diagnostics.length > 0)
    throw new Error(
      diagnostics.map(({ messageText }) => ts.flattenDiagnosticMessageText(messageText, '\n')).join('\n'),
    );
}

function bundle(src, dist, library, format, extension) {
  buildSync({
    entryPoints: Object.fromEntries(
      ['index', ...library.subpaths].map((entry) => [entry, join(src, `${entry}.ts`)]),
    ),
    outdir: dist,
    outExtension: { '.js': extension },
    bundle: true,
    format,
    platform: 'node',
    logLevel: 'silent',
  });
}

function write(file, text) {
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(file, text);
}
