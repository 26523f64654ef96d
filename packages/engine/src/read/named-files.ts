import { parse } from 'jsonc-parser';
import { isRecord } from '../model/is-record.js';
import type { NamedFile } from '../model/manifest-faults.js';
import type { FilePath } from '../model/place.js';
import type { Manifest, PackageJson, WorkspacePackage } from '../model/workspace.js';
import type { Disk } from './disk.js';
import { folderOf, isWithin, joinPath, pathWithin } from './file-path.js';
import { locateInManifest } from './locate-in-manifest.js';

/**
 * Files that a package's manifest names in other fields than those of entry points and commands:
 * what the plugins of Nx, Angular and oclif consist of, and what bundlers, CDNs and `man` read.
 * Others load them, so they are entry points in fact.
 */
export function namedFilesOf(disk: Disk, pkg: WorkspacePackage): readonly NamedFile[] {
  const { published: manifest, publishedRoot: root } = pkg;
  if (!manifest) return [];
  const own: Holder = { disk, manifest, folder: root, top: root };
  return [
    ...plainFields(own),
    ...replacements(own),
    ...typesVersions(own),
    ...pluginFiles(own),
    ...oclifFiles(own),
  ];
}

/**
 * The named files that do not exist. If the build has not run, nothing is known about its output,
 * so files in a missing folder are left out.
 */
export function missingNamedFilesOf(disk: Disk, pkg: WorkspacePackage): readonly NamedFile[] {
  return namedFilesOf(disk, pkg).filter((named) => !named.exists && !isAwaited(disk, pkg, named.file));
}

/**
 * Whether a file is missing because its build has not run: its folder is missing, and so is
 * everything else that a build writes.
 */
export function isAwaited(disk: Disk, pkg: WorkspacePackage, file: FilePath): boolean {
  const { publishedRoot: root, published, outputs } = pkg;
  const hasBuild = pkg.buildCommand !== undefined || pkg.source?.json.scripts?.['build'] !== undefined;
  if (!hasBuild) return false;
  const folder = topFolder(root, file);
  if (folder === undefined || disk.kindOf(folder) !== undefined) return false;
  if (outputs.some((output) => output !== root && disk.kindOf(output) !== undefined)) return false;
  const { main, module, types, exports } = published?.json ?? {};
  return ![main, module, types, exports]
    .flatMap(textsIn)
    .some((target) => BUILT.test(target) && disk.isFile(joinPath(root, target)));
}

/** A file in a folder that only a build writes. */
const BUILT = /^(?:\.\/)?(?!src\/|\.)[^/]+\/.*(?:\.[cm]?js|\.d\.[cm]?ts)$/;

function topFolder(root: FilePath, file: FilePath): FilePath | undefined {
  const [first, ...rest] = pathWithin(root, file).split('/');
  return rest.length > 0 ? joinPath(root, first!) : undefined;
}

function textsIn(value: unknown): readonly string[] {
  if (typeof value === 'string') return [value];
  return typeof value === 'object' && value !== null ? Object.values(value).flatMap(textsIn) : [];
}

/** A JSON file that names files, relative to its folder. */
export interface Holder {
  readonly disk: Disk;
  readonly manifest: Manifest;
  readonly folder: FilePath;
  /** The package's folder. */
  readonly top: FilePath;
}

export type Path = readonly (string | number)[];

interface Kind {
  readonly loads: NamedFile['loads'];
  /** Only some tools read the field, and they have something else to fall back to. */
  readonly optional?: boolean;
  /** Nothing is added to the path. */
  readonly exact?: boolean;
}

/**
 * What is tried for a path without an extension (Nx: `['', '.js', '.ts']`, then `require.resolve`).
 */
const ENDINGS = [
  '',
  '.js',
  '.ts',
  '.json',
  '.cjs',
  '.mjs',
  '/index.js',
  '/index.ts',
  '/index.cjs',
  '/index.mjs',
];

const TYPES_ENDINGS = ['', '.d.ts', '.ts', '.d.mts', '.d.cts', '/index.d.ts', '/index.ts'];

export function named(
  { disk, manifest, folder, top }: Holder,
  path: Path,
  target: unknown,
  { loads, optional = false, exact = false }: Kind,
): readonly NamedFile[] {
  if (typeof target !== 'string' || target === '' || /^[a-z]+:/i.test(target)) return [];
  const asked = joinPath(folder, target.replace(/#.*$/, ''));
  if (!isWithin(top, asked)) return [];
  const endings = exact ? [''] : loads === 'types' ? TYPES_ENDINGS : ENDINGS;
  const found = endings.map((ending) => asked + ending).find((file) => disk.isFile(file));
  // `plugin/schema.json` may be a path in another package.
  const isOther = found === undefined && !target.startsWith('.') && !startsInside(disk, folder, target);
  if (isOther && loads === 'plugin') return [];
  return [
    {
      path: path.map(String),
      target,
      file: found ?? asked,
      exists: found !== undefined,
      loads: found !== undefined && !/\.([cm]?js|jsx)$/.test(found) && loads !== 'types' ? 'asset' : loads,
      optional,
      place: locateInManifest(manifest, path, 'value'),
    },
  ];
}

function startsInside(disk: Disk, folder: FilePath, target: string): boolean {
  const [first, ...rest] = target.split('/');
  return rest.length > 0 && disk.kindOf(joinPath(folder, first!)) === 'directory';
}

const BUNDLED = [
  'svelte',
  'unpkg',
  'jsdelivr',
  'react-native',
  'umd:main',
  'jsnext:main',
  'esnext',
  'es2015',
  'es2020',
  'fesm2015',
  'fesm2020',
  'fesm2022',
  'esm2015',
  'esm2020',
] as const;
const READ_ONLY = ['style', 'sass', 'customElements', 'web-types'] as const;

function plainFields(holder: Holder): readonly NamedFile[] {
  const json = fieldsOf(holder.manifest.json);
  const pages = Array.isArray(json['man']) ? (json['man'] as unknown[]) : undefined;
  return [
    ...BUNDLED.flatMap((field) => named(holder, [field], json[field], { loads: 'bundled', optional: true })),
    ...READ_ONLY.flatMap((field) => named(holder, [field], json[field], { loads: 'asset', optional: true })),
    ...(pages
      ? pages.flatMap((page, index) =>
          named(holder, ['man', index], page, { loads: 'asset', optional: true }),
        )
      : named(holder, ['man'], json['man'], { loads: 'asset', optional: true })),
    ...binFolder(holder, json['directories']),
    ...manFolder(holder, json['directories']),
  ];
}

/**
 * `typesVersions`: for each range of TypeScript versions, patterns and the paths that replace them. TypeScript tries the paths of a
 * pattern in turn, so one existing file is enough. Of a path with `*`, the folder has to exist.
 */
function typesVersions(holder: Holder): readonly NamedFile[] {
  const { typesVersions: ranges } = fieldsOf(holder.manifest.json);
  if (!isRecord(ranges)) return [];
  return Object.entries(ranges).flatMap(([range, patterns]) =>
    Object.entries(isRecord(patterns) ? patterns : {}).flatMap(([pattern, targets]) => {
      const all = Array.isArray(targets)
        ? targets.flatMap((target, index) =>
            typesAt(holder, ['typesVersions', range, pattern, index], target),
          )
        : [];
      const existing = all.filter(({ exists }) => exists);
      return existing.length > 0 ? existing : all.slice(0, 1);
    }),
  );
}

function typesAt(holder: Holder, path: Path, target: unknown): readonly NamedFile[] {
  const shown = [path[0], path[2]].map(String);
  if (typeof target !== 'string' || !target.includes('*'))
    return named(holder, path, target, { loads: 'types', optional: true }).map((each) => ({
      ...each,
      path: shown,
    }));
  const { disk, manifest, folder, top } = holder;
  const [before = ''] = target.split('*');
  const file = joinPath(folder, before.slice(0, before.lastIndexOf('/') + 1));
  if (!isWithin(top, file) || disk.kindOf(file) === 'directory') return [];
  const place = locateInManifest(manifest, path, 'value');
  return [{ path: shown, target, file, exists: false, loads: 'types', optional: true, place }];
}

/** `directories.man`: npm lists the manual pages in the folder. */
function manFolder({ disk, manifest, folder, top }: Holder, directories: unknown): readonly NamedFile[] {
  const target = isRecord(directories) ? directories['man'] : undefined;
  const path = ['directories', 'man'];
  const file = typeof target === 'string' ? joinPath(folder, target) : undefined;
  if (typeof target !== 'string' || file === undefined || !isWithin(top, file) || disk.kindOf(file))
    return [];
  const place = locateInManifest(manifest, path, 'value');
  return [{ path, target, file, exists: false, loads: 'asset', optional: true, place }];
}

/** `directories.bin`: every file in the folder is a command. */
function binFolder({ disk, manifest, folder }: Holder, directories: unknown): readonly NamedFile[] {
  const target = isRecord(directories) ? directories['bin'] : undefined;
  if (typeof target !== 'string' || manifest.json.bin !== undefined) return [];
  return folderFiles({ disk, manifest, folder, top: folder }, ['directories', 'bin'], target);
}

function folderFiles({ disk, manifest, folder }: Holder, path: Path, target: string): readonly NamedFile[] {
  const at = joinPath(folder, target);
  const common = {
    path: path.map(String),
    target,
    loads: 'plugin' as const,
    optional: false,
    place: locateInManifest(manifest, path, 'value'),
  };
  if (disk.kindOf(at) !== 'directory') return [{ ...common, file: at, exists: disk.isFile(at) }];
  return disk
    .listFiles(at)
    .filter((file) => /\.[cm]?js$/.test(file))
    .map((file) => ({ ...common, file, exists: true }));
}

/**
 * `browser` and `react-native` as maps: bundlers load the replacement instead of the file or
 * package.
 */
function replacements(holder: Holder): readonly NamedFile[] {
  const json = fieldsOf(holder.manifest.json);
  return ['browser', 'react-native'].flatMap((field) => {
    const map = json[field];
    if (!isRecord(map)) return [];
    return Object.entries(map).flatMap(([key, target]) =>
      typeof target === 'string' && target.startsWith('.')
        ? named(holder, [field, key], target, { loads: 'bundled', optional: true })
        : [],
    );
  });
}

const COLLECTIONS = [
  'executors',
  'builders',
  'generators',
  'schematics',
  'nx-migrations',
  'ng-update',
] as const;
const LISTS = ['executors', 'builders', 'generators', 'schematics'] as const;
const LOADED = ['implementation', 'factory', 'hasher', 'batchImplementation'] as const;
const READ = ['schema', 'prompt'] as const;

/**
 * The plugins of Nx and Angular: JSON files that name the code and the schema of each executor,
 * generator and migration.
 */
function pluginFiles(holder: Holder): readonly NamedFile[] {
  const json = fieldsOf(holder.manifest.json);
  const lists = COLLECTIONS.flatMap((field) => {
    const value = json[field];
    const [path, target] = isRecord(value) ? [[field, 'migrations'], value['migrations']] : [[field], value];
    return named(holder, path, target, { loads: 'plugin' });
  });
  const seen = new Map(lists.map((list) => [list.file, list]));
  return [...seen.values()].flatMap((list) => [list, ...(list.exists ? inList(holder, list.file) : [])]);
}

function inList({ disk, top }: Holder, file: FilePath): readonly NamedFile[] {
  const text = disk.readText(file) ?? '';
  const json: unknown = parse(text, [], { allowTrailingComma: true });
  if (!isRecord(json)) return [];
  const manifest: Manifest = { file, text, json: json as PackageJson };
  const holder: Holder = { disk, manifest, folder: folderOf(file) ?? '.', top };
  return LISTS.flatMap((list) => {
    const entries = json[list];
    if (!isRecord(entries)) return [];
    return Object.entries(entries).flatMap(([name, entry]) => {
      if (!isRecord(entry)) return [];
      return [...LOADED, ...READ].flatMap((key) =>
        named(holder, [list, name, key], entry[key], { loads: 'plugin' }),
      );
    });
  });
}

/**
 * https://oclif.io/docs/configuring_your_cli: commands, hooks and the help class; n8n lists its
 * nodes in a like way.
 */
function oclifFiles(holder: Holder): readonly NamedFile[] {
  const { oclif, n8n } = fieldsOf(holder.manifest.json);
  const found: NamedFile[] = [];
  const add = (path: Path, value: unknown): void => {
    if (Array.isArray(value)) value.forEach((one, index) => add([...path, index], one));
    else if (isRecord(value))
      found.push(...named(holder, [...path, 'target'], value['target'], { loads: 'plugin' }));
    else found.push(...named(holder, path, value, { loads: 'plugin' }));
  };
  if (isRecord(oclif)) {
    const { commands, hooks, helpClass } = oclif;
    const target = isRecord(commands) ? commands['target'] : commands;
    const path = ['oclif', 'commands', ...(isRecord(commands) ? ['target'] : [])];
    if (typeof target === 'string') {
      found.push(
        ...(/\.[cm]?js$/.test(target)
          ? named(holder, path, target, { loads: 'plugin' })
          : folderFiles(holder, path, target)),
      );
    }
    if (isRecord(hooks))
      for (const [name, hook] of Object.entries(hooks)) add(['oclif', 'hooks', name], hook);
    add(['oclif', 'helpClass'], helpClass);
  }
  if (isRecord(n8n)) for (const list of ['nodes', 'credentials']) add(['n8n', list], n8n[list] ?? []);
  return found;
}

function fieldsOf(json: PackageJson): Readonly<Record<string, unknown>> {
  return json as unknown as Readonly<Record<string, unknown>>;
}
