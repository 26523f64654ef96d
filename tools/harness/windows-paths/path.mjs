import { win32 } from 'node:path';

export default win32;
export const { basename, delimiter, dirname, extname, format, isAbsolute, join, normalize } = win32;
export const { parse, posix, relative, resolve, sep, toNamespacedPath } = win32;
export { win32 };
