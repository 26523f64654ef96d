import { execFile } from 'node:child_process';
import { extname } from 'node:path';
import ts from 'typescript6';

/**
 * Whether TypeScript reads the declarations in the same format in which Node loads the file. Node loads the file, TypeScript runs
 * `getImpliedNodeFormatForFile`.
 *
 * @param {{ types: string; script: string }} probe
 * @returns {Promise<import('./check-with-node.mjs').ProbeResult>} `unclear` if the file does not load
 */
export async function checkFormat({ types, script }) {
  const options = { module: ts.ModuleKind.NodeNext, moduleResolution: ts.ModuleResolutionKind.NodeNext };
  const implied = ts.getImpliedNodeFormatForFile(types, undefined, ts.sys, options);
  const said = implied === ts.ModuleKind.ESNext ? 'an ES module' : 'CommonJS';
  const is = BY_EXTENSION[extname(script)] ?? (await loaded(script));
  if (is === undefined) return { outcome: 'unclear', observed: 'Node does not load the file by itself' };
  return { outcome: is === said ? 'holds' : 'fails', observed: `TypeScript reads ${said}, Node loads ${is}` };
}

/** The format that Node knows before it reads the file (Node's documentation, "Determining module system"). */
const BY_EXTENSION = { '.mjs': 'an ES module', '.cjs': 'CommonJS' };

// An ES module with a top-level await cannot be required. The error shows that it is an ES module.
const PROBE =
  "let m; try { m = require(process.argv[1]) } catch (error) { if (error.code !== 'ERR_REQUIRE_ASYNC_MODULE') throw error; console.log('\\nan ES module'); process.exit(0) } console.log('\\n' + (require('node:util').types.isModuleNamespaceObject(m) ? 'an ES module' : 'CommonJS')); process.exit(0)";

function loaded(script) {
  return new Promise((resolve) => {
    execFile(process.execPath, ['-e', PROBE, script], { timeout: 20_000 }, (error, stdout) =>
      resolve(error ? undefined : stdout.trimEnd().split('\n').at(-1)),
    );
  });
}
