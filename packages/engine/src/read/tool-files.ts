import { isRecord } from '../model/is-record.js';
import type { NamedFile } from '../model/manifest-faults.js';
import type { Manifest, Workspace, WorkspacePackage } from '../model/workspace.js';
import type { Disk } from './disk.js';
import { folderOf, joinPath } from './file-path.js';
import { isAwaited, named } from './named-files.js';
import type { Holder, Path } from './named-files.js';
import { nearestInstalled } from './nearest-installed.js';

/**
 * The missing files that a package's source manifest names for tools: ESLint, Prettier, Parcel and microbundle, which run in the
 * workspace, and Visual Studio Code, which loads the files of an extension. No importer loads any of them.
 */
export function missingToolFilesOf(
  disk: Disk,
  { rootManifest }: Workspace,
  pkg: WorkspacePackage,
): readonly NamedFile[] {
  const { source: manifest, root } = pkg;
  if (!manifest) return [];
  const holder: Holder = { disk, manifest, folder: root, top: root };
  const runs = (tool: string): boolean =>
    declares(rootManifest, tool) ||
    (!pkg.publication.published && declares(manifest, tool)) ||
    nearestInstalled(disk, root, tool) !== undefined;
  const files = [
    ...(runs('eslint') ? ofEslint(holder) : []),
    ...(runs('prettier') ? ofPrettier(holder) : []),
    ...ofSource(holder, runs('parcel') || runs('microbundle')),
    ...ofExtension(holder),
  ];
  return files
    .filter(({ exists, file }) => !exists && !isAwaited(disk, pkg, file))
    .map((file) => ({ ...file, isForTool: true as const }));
}

function declares(manifest: Manifest | undefined, name: string): boolean {
  const { dependencies, devDependencies } = manifest?.json ?? {};
  return [dependencies, devDependencies].some((field) => field !== undefined && Object.hasOwn(field, name));
}

function fieldsOf({ manifest }: Holder): Readonly<Record<string, unknown>> {
  return manifest.json as unknown as Readonly<Record<string, unknown>>;
}

function isRelative(value: unknown): value is string {
  return typeof value === 'string' && /^\.{1,2}\//.test(value);
}

/** `eslintConfig`, which ESLint ignores if there is a flat configuration. */
function ofEslint(holder: Holder): readonly NamedFile[] {
  const config = fieldsOf(holder)['eslintConfig'];
  const isFlat = [holder.folder, '.'].some((folder) =>
    holder.disk.filesIn(folder).some((name) => /^eslint\.config\.[cm]?[jt]s$/.test(name)),
  );
  if (!isRecord(config) || isFlat) return [];
  const overrides: readonly unknown[] = Array.isArray(config['overrides']) ? config['overrides'] : [];
  const parts: readonly (readonly [Path, unknown])[] = [
    [['eslintConfig'], config],
    ...overrides.map((override, index) => [['eslintConfig', 'overrides', index], override] as const),
  ];
  return parts.flatMap(([path, part]) =>
    isRecord(part)
      ? [
          ...listed([...path, 'extends'], part['extends']),
          ...listed([...path, 'parser'], part['parser']),
        ].flatMap(([at, target]) =>
          isRelative(target) ? named(holder, at, target, { loads: 'asset', optional: true }) : [],
        )
      : [],
  );
}

/** `"prettier": "./config.json"`: Prettier fails if the file does not exist. */
function ofPrettier(holder: Holder): readonly NamedFile[] {
  const target = fieldsOf(holder)['prettier'];
  return isRelative(target) ? named(holder, ['prettier'], target, { loads: 'asset' }) : [];
}

/** `source`: what Parcel and microbundle build. Packages that are published without sources often keep it. */
function ofSource(holder: Holder, isBuilt: boolean): readonly NamedFile[] {
  return listed(['source'], fieldsOf(holder)['source']).flatMap(([path, target]) => {
    if (typeof target !== 'string' || /[*?{]/.test(target)) return [];
    const folder = folderOf(joinPath(holder.folder, target)) ?? '.';
    if (folder === holder.folder || holder.disk.kindOf(folder) !== 'directory') return [];
    return named(holder, path, target, { loads: 'asset', optional: !isBuilt, exact: true });
  });
}

/** Each item of a list, or a single value. */
function listed(path: Path, value: unknown): readonly (readonly [Path, unknown])[] {
  return Array.isArray(value)
    ? value.map((item: unknown, index) => [[...path, index], item])
    : [[path, value]];
}

/**
 * What an extension of Visual Studio Code contributes, by the keys of each path; `*` is any key or index. The extension works
 * without pictures.
 *
 * https://code.visualstudio.com/api/references/contribution-points
 */
const CONTRIBUTED: readonly (readonly [path: string, optional?: 'optional'])[] = [
  ['grammars.*.path'],
  ['languages.*.configuration'],
  ['languages.*.icon.*', 'optional'],
  ['snippets.*.path'],
  ['themes.*.path'],
  ['iconThemes.*.path'],
  ['productIconThemes.*.path'],
  ['icons.*.default.fontPath', 'optional'],
  ['jsonValidation.*.url'],
  ['debuggers.*.program'],
  ['commands.*.icon', 'optional'],
  ['commands.*.icon.*', 'optional'],
  ['viewsContainers.*.*.icon', 'optional'],
  ['views.*.*.icon', 'optional'],
  ['walkthroughs.*.icon', 'optional'],
  ['walkthroughs.*.steps.*.media.image', 'optional'],
  ['walkthroughs.*.steps.*.media.image.*', 'optional'],
  ['walkthroughs.*.steps.*.media.svg', 'optional'],
  ['walkthroughs.*.steps.*.media.markdown', 'optional'],
  ['markdown.previewStyles.*'],
  ['markdown.previewScripts.*'],
  ['html.customData.*'],
  ['css.customData.*'],
];

/** Whether Visual Studio Code loads the package. */
export function isExtension(manifest: Manifest | undefined): boolean {
  const { engines }: Readonly<Record<string, unknown>> = { ...manifest?.json };
  return isRecord(engines) && 'vscode' in engines;
}

function ofExtension(holder: Holder): readonly NamedFile[] {
  const { contributes, icon } = fieldsOf(holder);
  if (!isExtension(holder.manifest)) return [];
  const found = CONTRIBUTED.flatMap(([keys, optional]) =>
    valuesAt(['contributes'], contributes, keys.split('.')).flatMap(([path, target]) => {
      if (!isFile(target) || (keys === 'jsonValidation.*.url' && !isRelative(target))) return [];
      return named(holder, path, target, {
        loads: 'asset',
        exact: true,
        optional: optional !== undefined,
      });
    }),
  );
  return [...(isFile(icon) ? named(holder, ['icon'], icon, { loads: 'asset', exact: true }) : []), ...found];
}

/** No `$(icon)` of the editor, no `%key%` of a translation, no placeholder. */
function isFile(target: unknown): target is string {
  return typeof target === 'string' && !/^\$\(|^%.*%$|\$\{/.test(target);
}

function valuesAt(
  path: Path,
  value: unknown,
  [key, ...deeper]: readonly string[],
): readonly (readonly [Path, unknown])[] {
  if (key === undefined) return [[path, value]];
  if (typeof value !== 'object' || value === null) return [];
  const entries: readonly (readonly [string | number, unknown])[] = Array.isArray(value)
    ? value.map((item: unknown, index) => [index, item] as const)
    : Object.entries(value);
  return entries
    .filter(([name]) => key === '*' || name === key)
    .flatMap(([name, inner]) => valuesAt([...path, name], inner, deeper));
}
