import type { PackageJson } from '../model/workspace.js';
import { joinPath } from '../read/file-path.js';

/**
 * The fields that npm-packlist reads, as npm passes them: `bin` is always an object, and `files` is
 * present only if it is a list.
 */
export function packedFields(manifest: PackageJson): object {
  const { bin, browser, main } = manifest;
  const { files } = manifest as { readonly files?: unknown };
  return {
    ...(Array.isArray(files) && { files: files.filter((entry) => typeof entry === 'string') }),
    ...(typeof main === 'string' && { main }),
    ...(typeof browser === 'string' && { browser }),
    bin: binOf(bin),
  };
}

/**
 * npm puts `bin` in order before it packs (@npmcli/package-json): without `./`, never above the
 * package.
 */
function binOf(bin: unknown): object {
  const entries = typeof bin === 'string' ? [['bin', bin]] : Object.entries((bin as object | null) ?? {});
  return Object.fromEntries(
    entries.flatMap(([name, path]) =>
      typeof path === 'string' ? [[name, joinPath('/', path).slice(1)]] : [],
    ),
  );
}
