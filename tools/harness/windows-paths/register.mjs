// Loaded with `node --import`. The program and its packages then see the folder WINDOWS_ROOT as `C:\ws`, and use the path functions of
// Windows. Node itself and native packages keep the real paths.
import { createRequire, register } from 'node:module';
import path from 'node:path';

const loadCommonJs = createRequire(import.meta.url);
const Module = loadCommonJs('node:module');
const fileSystem = loadCommonJs('./file-system.cjs');
/** The internal function of Node that `require` calls. */
const LOAD = '_load';
const load = Module[LOAD];

// The hooks below do not see what CommonJS packages require.
Module[LOAD] = function (request, parent, ...rest) {
  if (parent?.filename?.includes('node_modules')) {
    if (/^(?:node:)?path$/.test(request)) return path.win32;
    if (/^(?:node:)?fs$/.test(request)) return fileSystem;
  }
  return load.call(this, request, parent, ...rest);
};
process.cwd = () => 'C:\\ws';
register('./hooks.mjs', import.meta.url);
