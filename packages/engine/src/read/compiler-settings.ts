import { remembered } from '../collections/remembered.js';
import type { FilePath } from '../model/place.js';
import type { Disk } from './disk.js';
import { baseNameOf, folderOf, joinPath } from './file-path.js';
import { readTsconfig } from './read-tsconfig.js';

/** What a project calls the configuration that compiles its sources. */
const CONFIGS = ['tsconfig.lib.json', 'tsconfig.app.json', 'tsconfig.json'] as const;

/** What TypeScript's configuration says of a source. */
export interface CompilerSettings {
  /** The `module` setting, or else `moduleResolution`, in lower case. */
  readonly module?: string;
  /** The `moduleResolution` setting in lower case. */
  readonly resolution?: string;
  /** The patterns of `paths`, which TypeScript tries before packages. */
  readonly aliases?: readonly string[];
  /** What happens to imports of JavaScript without declarations: an error, or TypeScript reads the JavaScript or uses `any`. */
  readonly untyped?: 'error' | 'allowed';
  /**
   * Each file is compiled alone (`isolatedModules`, `verbatimModuleSyntax`), so that nothing is
   * inlined from other files.
   */
  readonly isolated?: boolean;
  /** `esModuleInterop`: the namespace of CommonJS is always an object. */
  readonly interop?: boolean;
  /** `allowSyntheticDefaultImports`: another tool is expected to make the default import work. */
  readonly synthetic?: boolean;
}

const NONE: CompilerSettings = {};
const settings = new WeakMap<Disk, Map<FilePath, CompilerSettings>>();

/**
 * The compiler's settings for a source, from the nearest folder with a configuration. The first
 * file there that has a setting decides. Call it only if something depends on it, because it reads
 * configurations.
 */
export function compilerSettingsOf(disk: Disk, file: FilePath): CompilerSettings {
  const known = settings.get(disk) ?? new Map<FilePath, CompilerSettings>();
  settings.set(disk, known);
  for (let folder = folderOf(file); folder !== undefined; folder = folderOf(folder)) {
    if (baseNameOf(folder) === 'node_modules') return NONE;
    const seen = known.get(folder);
    if (seen) return seen;
    const configs = CONFIGS.map((name) => joinPath(folder!, name)).filter((config) => disk.isFile(config));
    if (configs.length === 0) continue;
    const said = configs.map((config) => settingsIn(disk, config));
    const merged = said.reduceRight<CompilerSettings>((all, one) => ({ ...all, ...one }), NONE);
    known.set(folder, merged);
    return merged;
  }
  return NONE;
}

function settingsIn(disk: Disk, config: FilePath): CompilerSettings {
  try {
    const { compilerOptions } = readTsconfig(disk, config);
    const { module, moduleResolution, isolatedModules, verbatimModuleSyntax, esModuleInterop } =
      compilerOptions ?? {};
    const { allowSyntheticDefaultImports: synthetic } = compilerOptions ?? {};
    const { strict, noImplicitAny = strict, checkJs, allowJs = checkJs, paths } = compilerOptions ?? {};
    const format = (module ?? moduleResolution)?.toLowerCase();
    const isolated = isolatedModules ?? verbatimModuleSyntax;
    const known = noImplicitAny !== undefined || allowJs !== undefined;
    return {
      ...(format !== undefined && { module: format }),
      ...(moduleResolution !== undefined && { resolution: moduleResolution.toLowerCase() }),
      ...(isolated !== undefined && { isolated }),
      ...(esModuleInterop !== undefined && { interop: esModuleInterop }),
      ...(synthetic !== undefined && { synthetic }),
      ...(paths && { aliases: Object.keys(paths) }),
      ...(known && { untyped: noImplicitAny === true && !allowJs ? 'error' : 'allowed' }),
    };
  } catch {
    // The compiler reports a broken configuration. Here it has no settings.
    return NONE;
  }
}

/** Whether TypeScript distinguishes the formats of modules as Node does. */
export function followsNode({ module }: CompilerSettings): boolean {
  return module !== undefined && /^node(16|18|20|next)$/.test(module);
}

/**
 * Whether TypeScript lets no CommonJS file import an ES module (TS1479); Node 20 does, so `node20`
 * and `nodenext` do as well.
 */
export function refusesRequiredModules({ module }: CompilerSettings): boolean {
  return module === 'node16' || module === 'node18';
}

const conditionsByDisk = new WeakMap<Disk, Map<FilePath, ReadonlySet<string>>>();

/** The `customConditions` that the workspace's configurations and those of one project name. */
export function customConditionsOf(disk: Disk, root: FilePath): ReadonlySet<string> {
  const known = conditionsByDisk.get(disk) ?? new Map<FilePath, ReadonlySet<string>>();
  conditionsByDisk.set(disk, known);
  const files = [
    'tsconfig.base.json',
    'tsconfig.json',
    ...CONFIGS.map((name) => joinPath(root, name)),
  ].filter((file) => disk.isFile(file));
  return remembered(known, root, () => new Set(files.flatMap((file) => customConditionsIn(disk, file))));
}

/** The `customConditions` that one project's own configurations set, for the types that its sources get. */
export function ownConditionsOf(disk: Disk, root: FilePath): readonly string[] {
  const files = CONFIGS.map((name) => joinPath(root, name)).filter((file) => disk.isFile(file));
  return [...new Set(files.flatMap((file) => customConditionsIn(disk, file)))].sort();
}

function customConditionsIn(disk: Disk, config: FilePath): readonly string[] {
  try {
    const { customConditions } = readTsconfig(disk, config).compilerOptions ?? {};
    return customConditions?.filter((condition) => typeof condition === 'string') ?? [];
  } catch {
    // The compiler reports a broken configuration. Here it names no conditions.
    return [];
  }
}
