// node:fs with Windows paths, for the functions that the engine and its libraries use.
const fs = require('node:fs');
const { toReal, toWindows } = require('./real-paths.cjs');

const TAKE_A_PATH = /(?:Sync|^readFile|^stat|^lstat|^readdir|^open|^access|^exists)$/;

/** @type {Record<string, any>} */
const shown = {};
for (const [name, value] of Object.entries(/** @type {Record<string, any>} */ (fs)))
  shown[name] =
    typeof value === 'function' && TAKE_A_PATH.test(name)
      ? (path, ...rest) => value.call(fs, toReal(path), ...rest)
      : value;

shown.renameSync = (from, to) => fs.renameSync(toReal(from), toReal(to));
shown.readlinkSync = (path, ...rest) => toWindows(fs.readlinkSync(toReal(path), ...rest));
shown.realpathSync = Object.assign((path) => toWindows(fs.realpathSync(toReal(path))), {
  native: (path) => toWindows(fs.realpathSync.native(toReal(path))),
});

shown.mkdtempSync = (prefix, ...rest) => toWindows(fs.mkdtempSync(toReal(prefix), ...rest));
// These take a number.
for (const name of ['closeSync', 'fstatSync', 'readSync', 'writeSync']) shown[name] = fs[name];

module.exports = shown;
