import type { RuntimeSign } from '../model/audience.js';
import type { ModuleRecord } from '../model/module-record.js';
import type { FilePath } from '../model/place.js';
import { packageNameIn } from '../resolve/path-alias.js';
import type { TextScan } from '../text-scan/scan-text.js';

/** Packages that teach Node, or a runner of sources, to resolve path aliases. */
const RESOLVERS: ReadonlySet<string> = new Set([
  'tsconfig-paths',
  'module-alias',
  'tsx',
  'ts-node',
  '@swc-node/register',
  'esbuild-register',
  'jiti',
]);

/** A module that is loaded before the program: `node --import ./hooks.js dist/main.js`. */
const PRELOADED = /\s(?:-r|--require|--import|--loader|--experimental-loader)[ =]+["']?([^\s"']+)/g;

/**
 * Whether something may resolve path aliases while the program runs: a package for this purpose, hooks for Node's module loading,
 * or a runner that reads tsconfig.json itself.
 *
 * @param signs why Node is known to run the output; their reasons quote the commands
 */
export function resolvesAliasesAtRunTime(
  modules: ReadonlyMap<FilePath, ModuleRecord | undefined>,
  signs: readonly RuntimeSign[],
  scan: (file: FilePath) => TextScan | undefined,
): boolean {
  const byCommand = signs.some(({ reason }) =>
    [...reason.matchAll(PRELOADED)].some(
      ([, name]) => isResolver(name!) || /^[./]|\.[cm]?[jt]s$/.test(name!),
    ),
  );
  if (byCommand) return true;
  return [...modules].some(
    ([file, record]) =>
      record !== undefined &&
      (record.requests.some(
        ({ specifier, names }) =>
          isResolver(specifier) ||
          (/^(?:node:)?module$/.test(specifier) &&
            names.some(({ name }) => /^register(?:Hooks)?$/.test(name))),
      ) ||
        (record.language === 'js' && scan(file)?.replacesResolve === true)),
  );
}

function isResolver(specifier: string): boolean {
  return RESOLVERS.has(packageNameIn(specifier));
}
