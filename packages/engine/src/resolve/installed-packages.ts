import { ResolverFactory } from 'oxc-resolver';
import type { FilePath } from '../model/place.js';
import { remembered } from '../collections/remembered.js';
import type { Disk } from '../read/disk.js';
import type { Observations } from '../read/observed-disk.js';
import { folderOf, joinPath } from '../read/file-path.js';
import { conditionsOf } from './entry-outcome.js';
import type { ConsumerSettings } from './entry-outcome.js';
import { packageNameIn } from './path-alias.js';
import type { RequestMode } from './resolution.js';

/**
 * Packages from outside the workspace, found from the importing file upwards as Node and TypeScript
 * do.
 */
export class InstalledPackages {
  readonly #disk: Disk;
  readonly #settings: ConsumerSettings;
  readonly #factories = new Map<string, ResolverFactory>();
  readonly #special = new Map<FilePath, boolean>();

  constructor(disk: Disk, settings: ConsumerSettings) {
    this.#disk = disk;
    this.#settings = settings;
  }

  /** The file, or undefined if it is not installed or has no such entry point. */
  resolve(specifier: string, from: FilePath, ask: RequestMode): FilePath | undefined {
    const file = this.#find(specifier, from, ask);
    this.#disk.observed?.installed.set(JSON.stringify([this.#settings, specifier, from, ask]), file);
    return file;
  }

  #find(specifier: string, from: FilePath, ask: RequestMode): FilePath | undefined {
    if (this.#waitsForever(specifier, folderOf(from) ?? '.')) return undefined;
    const factory = this.#factory(ask);
    const path =
      ask.phase === 'types'
        ? factory.resolveDtsSync(this.#disk.toAbsolute(from), specifier).path
        : factory.sync(this.#disk.toAbsolute(folderOf(from) ?? '.'), specifier).path;
    return path === undefined ? undefined : this.#disk.toFilePath(path);
  }

  /** The resolver reads each manifest on its way, and would wait for a pipe. */
  #waitsForever(specifier: string, start: FilePath): boolean {
    for (let folder: FilePath | undefined = start; folder !== undefined; folder = folderOf(folder)) {
      if (this.#hasSpecialManifest(folder)) return true;
      const modules = joinPath(folder, 'node_modules');
      if (this.#disk.kindOf(modules) !== 'directory') continue;
      const names = new Set([packageNameIn(specifier), specifier]);
      if ([...names].some((name) => this.#hasSpecialManifest(joinPath(modules, name)))) return true;
    }
    return false;
  }

  #hasSpecialManifest(folder: FilePath): boolean {
    return remembered(this.#special, folder, () => this.#disk.isSpecial(joinPath(folder, 'package.json')));
  }

  #factory(ask: RequestMode): ResolverFactory {
    const key = `${ask.phase} ${ask.mode}`;
    let factory = this.#factories.get(key);
    if (!factory) {
      factory = new ResolverFactory({
        conditionNames: [...conditionsOf({ ...ask, ...this.#settings })],
        // Bundlers add extensions for import, too. Outside packages are only read, not checked.
        extensions: ['.js', '.json', '.node'],
        nodePath: false,
        ...(this.#settings.browser &&
          ask.phase === 'runtime' && {
            mainFields: ['browser', 'module', 'main'],
            aliasFields: [['browser']],
          }),
      });
      this.#factories.set(key, factory);
    }
    return factory;
  }
}

/** Whether the resolver still finds the same files; see `Observations`. */
export function findsTheSame(disk: Disk, installed: Observations['installed']): boolean {
  const bySettings = new Map<string, InstalledPackages>();
  return installed.every(([question, file]) => {
    const [settings, specifier, from, ask] = JSON.parse(question) as [
      ConsumerSettings,
      string,
      FilePath,
      RequestMode,
    ];
    const packages = remembered(
      bySettings,
      JSON.stringify(settings),
      () => new InstalledPackages(disk, settings),
    );
    return (packages.resolve(specifier, from, ask) ?? null) === file;
  });
}
