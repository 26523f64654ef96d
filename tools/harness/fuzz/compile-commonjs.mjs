import { posix } from 'node:path';
import { transformSync as transformWithSwc } from '@swc/core';
import { transformSync } from 'esbuild';
import { rollup } from 'rollup';
import ts from 'typescript6';
import { splitStatements } from './split-statements.mjs';

/**
 * Compiles ES modules with one of the common compilers: each file alone, or all of them into the first file.
 *
 * @param {import('../../bench/random.mjs').Random} random
 * @param {readonly import('./workspace.mjs').ModuleFile[]} modules the first is the entry point
 * @returns {Promise<import('./workspace.mjs').ModuleFile[]>}
 */
export async function compileToCommonJs(random, modules) {
  if (random.chance(0.35)) {
    const output = random.pick(ROLLUP);
    const bundled = await bundle(modules, output);
    if (bundled) return bundled;
  }
  const compile = random.pick(COMPILERS);
  return modules.map(({ path, chunks }) => ({
    path,
    chunks: splitStatements(path, compile(chunks.join('\n'))),
  }));
}

const COMPILERS = [
  (text) => transformSync(text, { format: 'cjs', platform: 'node' }).code,
  (text) => transformSync(text, { format: 'cjs', platform: 'node', target: 'es2017' }).code,
  (text) => transpile(text, {}),
  (text) => transpile(text, { esModuleInterop: true }),
  (text) =>
    transpile(text, { esModuleInterop: true, target: ts.ScriptTarget.ES5, ignoreDeprecations: '6.0' }),
  (text) => swc(text, {}),
  (text) => swc(text, { lazy: true }),
  (text) => swc(text, { noInterop: true }),
];

function transpile(text, options) {
  const compilerOptions = {
    module: ts.ModuleKind.CommonJS,
    target: ts.ScriptTarget.ES2022,
    esModuleInterop: false,
    ignoreDeprecations: '6.0',
    ...options,
  };
  return ts.transpileModule(text, { compilerOptions }).outputText;
}

function swc(text, module) {
  /** @type {import('@swc/core').JscConfig} */
  const jsc = { parser: { syntax: 'ecmascript' }, target: 'es2022' };
  return transformWithSwc(text, { jsc, module: { type: 'commonjs', ...module }, swcrc: false }).code;
}

const ROLLUP = [
  { format: 'cjs' },
  { format: 'cjs', exports: 'named', esModule: true },
  { format: 'cjs', externalLiveBindings: false, freeze: false },
  { format: 'cjs', preserveModules: true, exports: 'named' },
  { format: 'umd', name: 'Lib', exports: 'named' },
];

/** Undefined if Rollup rejects the modules, because some of them do not link. */
async function bundle(modules, output) {
  const byPath = new Map(modules.map(({ path, chunks }) => [`/${path}`, chunks.join('\n')]));
  const files = {
    name: 'files',
    resolveId: (specifier, from) =>
      from === undefined ? specifier : posix.resolve(posix.dirname(from), specifier),
    load: (id) => byPath.get(id),
  };
  const folder = posix.dirname(modules[0].path);
  try {
    const built = await rollup({ input: `/${modules[0].path}`, plugins: [files], onwarn: () => {} });
    const { output: chunks } = await built.generate({ ...output, preserveModulesRoot: `/${folder}` });
    return chunks.map((chunk) => {
      const { fileName, code } = /** @type {import('rollup').OutputChunk} */ (chunk);
      const path = `${folder}/${fileName}`;
      return { path, chunks: splitStatements(path, code) };
    });
  } catch (error) {
    if (error.code === 'MISSING_EXPORT' || error.pluginCode || error.code) return undefined;
    throw error;
  }
}
