import { parse } from 'jsonc-parser';
import { isRecord } from '../model/is-record.js';
import type { ShippedList } from '../model/shipping.js';
import type { Manifest, PackageJson, WorkspacePackage } from '../model/workspace.js';
import type { Disk } from './disk.js';
import { joinPath } from './file-path.js';
import { locateInManifest } from './locate-in-manifest.js';

/**
 * The lists of files by which packagers other than npm and Docker ship a project, if they are
 * written out: `files` of electron-builder, in package.json or in a file of its own, and
 * `package.patterns` of the Serverless Framework.
 */
export function shippedListsOf(disk: Disk, pkg: WorkspacePackage): readonly ShippedList[] {
  const { root, source } = pkg;
  const lists: ShippedList[] = [];
  const json = source?.json as unknown as Readonly<Record<string, unknown>> | undefined;
  if (source && isRecord(json?.['build']) && usesElectronBuilder(json))
    lists.push(...ofElectron(root, source, json['build'], ['build', 'files']));
  const electron = jsonFile(disk, joinPath(root, 'electron-builder.json'));
  if (electron) lists.push(...ofElectron(root, electron, fieldsOf(electron), ['files']));
  const serverless = jsonFile(disk, joinPath(root, 'serverless.json'));
  if (serverless) lists.push(...ofServerless(root, serverless));
  return lists;
}

function usesElectronBuilder(json: Readonly<Record<string, unknown>>): boolean {
  const { build, devDependencies, dependencies } = json;
  const known = [devDependencies, dependencies].some(
    (field) => isRecord(field) && 'electron-builder' in field,
  );
  return known || (isRecord(build) && 'appId' in build);
}

/**
 * https://www.electron.build/contents#files: all files if nothing is listed or every entry begins
 * with `!`.
 */
function ofElectron(
  root: string,
  manifest: Manifest,
  config: Readonly<Record<string, unknown>>,
  path: readonly string[],
): readonly ShippedList[] {
  const globs = plainGlobs(config['files']);
  // The packager takes another folder then.
  if (!globs || (isRecord(config['directories']) && 'app' in config['directories'])) return [];
  const all = globs.every((glob) => glob.startsWith('!')) ? ['**/*', ...globs] : globs;
  return [listOf(root, manifest, path, all)];
}

/**
 * https://www.serverless.com/framework/docs/providers/aws/guide/packaging: the patterns change what
 * is shipped by default.
 */
function ofServerless(root: string, manifest: Manifest): readonly ShippedList[] {
  const config = fieldsOf(manifest)['package'];
  const globs = isRecord(config) ? plainGlobs(config['patterns']) : undefined;
  return globs ? [listOf(root, manifest, ['package', 'patterns'], ['**/*', ...globs])] : [];
}

function listOf(
  root: string,
  manifest: Manifest,
  path: readonly string[],
  globs: readonly string[],
): ShippedList {
  return {
    name: `"${path.join('.')}" of ${manifest.file}`,
    root,
    globs: globs.map((glob) =>
      glob.startsWith('!') ? `!${joinPath(root, glob.slice(1))}` : joinPath(root, glob),
    ),
    place: locateInManifest(manifest, path, 'value'),
  };
}

/** Undefined for lists with objects or with placeholders, which mean more than the text shows. */
function plainGlobs(value: unknown): readonly string[] | undefined {
  const globs: readonly unknown[] = typeof value === 'string' ? [value] : Array.isArray(value) ? value : [];
  const isPlain = globs.every((glob) => typeof glob === 'string' && !glob.includes('${'));
  return globs.length > 0 && isPlain ? (globs as readonly string[]) : undefined;
}

function jsonFile(disk: Disk, file: string): Manifest | undefined {
  if (!disk.isFile(file)) return undefined;
  const text = disk.readText(file) ?? '';
  const json: unknown = parse(text, [], { allowTrailingComma: true });
  return isRecord(json) ? { file, text, json: json as PackageJson } : undefined;
}

function fieldsOf({ json }: Manifest): Readonly<Record<string, unknown>> {
  return json as unknown as Readonly<Record<string, unknown>>;
}
