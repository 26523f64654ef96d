import { parseTsconfig } from 'get-tsconfig';
import type { FilePath } from '../model/place.js';
import type { Disk } from './disk.js';
import { baseNameOf, folderOf, joinPath } from './file-path.js';

/** What a project calls the configuration that compiles its sources. */
const CONFIGS = ['tsconfig.lib.json', 'tsconfig.app.json', 'tsconfig.json'] as const;

const settings = new WeakMap<Disk, Map<FilePath, string | undefined>>();

/**
 * TypeScript's `module` setting for a source, in lower case, by the nearest folder that has a configuration; undefined where there
 * is none or it does not say. Only asked once something is wrong, since it reads configurations on the way.
 */
export function moduleSettingOf(disk: Disk, file: FilePath): string | undefined {
  const known = settings.get(disk) ?? new Map<FilePath, string | undefined>();
  settings.set(disk, known);
  for (let folder = folderOf(file); folder !== undefined; folder = folderOf(folder)) {
    if (baseNameOf(folder) === 'node_modules') return undefined;
    if (known.has(folder)) return known.get(folder);
    const configs = CONFIGS.map((name) => joinPath(folder!, name)).filter((config) => disk.isFile(config));
    if (configs.length === 0) continue;
    const said = configs.flatMap((config) => settingIn(disk, config) ?? [])[0];
    known.set(folder, said);
    return said;
  }
  return undefined;
}

function settingIn(disk: Disk, config: FilePath): string | undefined {
  try {
    const { compilerOptions } = parseTsconfig(disk.toAbsolute(config));
    return (compilerOptions?.module ?? compilerOptions?.moduleResolution)?.toLowerCase();
  } catch {
    // A broken configuration is the compiler's to tell; here it says nothing.
    return undefined;
  }
}

/** Whether TypeScript tells the formats of modules apart, as Node does. */
export function isNodeSetting(setting: string | undefined): boolean {
  return setting !== undefined && /^node(16|18|20|next)$/.test(setting);
}
