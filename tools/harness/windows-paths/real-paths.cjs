// Converts between `C:\ws\…`, the paths in the program under test, and the real paths of the files.
const root = process.env.WINDOWS_ROOT ?? '';

/** @throws Error for a path that cannot occur on Windows */
function toReal(path) {
  if (typeof path !== 'string') return path;
  const inside = /^C:[\\/]ws(?=[\\/]|$)/i.exec(path);
  if (inside) return root + path.slice(inside[0].length).replaceAll('\\', '/');
  if (/^[A-Z]:[\\/]/i.test(path)) return `/no-such-drive/${path.replaceAll('\\', '/')}`;
  // The program's own files, by import.meta.url.
  if (path.startsWith('/') && !path.startsWith(root)) return path;
  throw new Error(`"${path}" is not a path of Windows.`);
}

function toWindows(path) {
  return typeof path === 'string' && path.startsWith(root)
    ? `C:\\ws${path.slice(root.length).replaceAll('/', '\\')}`
    : path;
}

module.exports = { toReal, toWindows };
