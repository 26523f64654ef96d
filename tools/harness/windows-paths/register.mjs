// Loaded with `node --import`: from here on the program and the packages that it loads see the folder WINDOWS_ROOT as `C:\ws`, with the
// path functions of Windows. Node itself and native packages go on with the real paths.
import { createRequire, register } from 'node:module';
import path from 'node:path';

const require = createRequire(import.meta.url);
const Module = require('node:module');
const fileSystem = require('./file-system.cjs');
/** Node's own name for what `require` calls. */
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
