import { createRequire } from 'node:module';
import { parse } from 'jsonc-parser';
import type * as Yaml from 'yaml';
import { VerifyError } from '../model/problem.js';
import { isRecord } from '../model/is-record.js';
import type { Place } from '../model/place.js';
import type { ShippedList } from '../model/shipping.js';
import type { Manifest, PackageJson, WorkspacePackage } from '../model/workspace.js';
import type { Disk } from './disk.js';
import { joinPath } from './file-path.js';
import { locateInManifest } from './locate-in-manifest.js';

/** A file of configuration, with the places of its values. */
interface Config {
  readonly file: string;
  readonly fields: Readonly<Record<string, unknown>>;
  placeOf(path: readonly (string | number)[]): Place;
}

/**
 * The lists of files by which packagers other than npm and Docker ship a project, if they are
 * written out: `files` of electron-builder, in package.json or in a file of its own, `package.patterns` of the Serverless
 * Framework, `functions.ignore` of Firebase, and `excludeFiles` of Vercel.
 */
export function shippedListsOf(disk: Disk, pkg: WorkspacePackage): readonly ShippedList[] {
  const { root, source } = pkg;
  const lists: ShippedList[] = [];
  const own = source && ofManifest(source);
  const build = own?.fields['build'];
  if (own && isRecord(build) && usesElectronBuilder(own.fields))
    lists.push(...ofElectron(root, own, build, ['build', 'files']));
  const electron = configIn(disk, root, [
    'electron-builder.json',
    'electron-builder.yml',
    'electron-builder.yaml',
  ]);
  if (electron) lists.push(...ofElectron(root, electron, electron.fields, ['files']));
  const serverless = configIn(disk, root, ['serverless.json', 'serverless.yml', 'serverless.yaml']);
  if (serverless) lists.push(...ofServerless(root, serverless));
  const firebase = configIn(disk, root, ['firebase.json']);
  if (firebase) lists.push(...ofFirebase(root, firebase));
  const vercel = configIn(disk, root, ['vercel.json']);
  if (vercel) lists.push(...ofVercel(disk, root, vercel));
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
  from: Config,
  config: Readonly<Record<string, unknown>>,
  path: readonly string[],
): readonly ShippedList[] {
  const globs = plainGlobs(config['files']);
  // The packager takes another folder then.
  if (!globs || (isRecord(config['directories']) && 'app' in config['directories'])) return [];
  const all = globs.every((glob) => glob.startsWith('!')) ? ['**/*', ...globs] : globs;
  return [listOf(root, from, path, all)];
}

/**
 * https://www.serverless.com/framework/docs/providers/aws/guide/packaging: the patterns change what
 * is shipped by default.
 */
function ofServerless(root: string, from: Config): readonly ShippedList[] {
  const config = from.fields['package'];
  const globs = isRecord(config) ? plainGlobs(config['patterns']) : undefined;
  return globs ? [listOf(root, from, ['package', 'patterns'], ['**/*', ...globs])] : [];
}

/**
 * https://firebase.google.com/docs/functions/manage-functions: all files of `source` are uploaded, without those of `ignore`. Only a
 * single codebase whose folder is the project is read.
 */
function ofFirebase(root: string, from: Config): readonly ShippedList[] {
  const { functions } = from.fields;
  const config: unknown = Array.isArray(functions) && functions.length === 1 ? functions[0] : functions;
  // The default is a folder "functions".
  const isOwnFolder = isRecord(config) && joinPath(String(config['source'] ?? 'functions')) === '.';
  if (!isOwnFolder) return [];
  const globs = plainGlobs(config['ignore']);
  if (!globs || globs.some((glob) => glob.startsWith('!'))) return [];
  const path = Array.isArray(functions) ? ['functions', 0, 'ignore'] : ['functions', 'ignore'];
  const left = globs.filter((glob) => !/^(?:\*\*\/)?node_modules(?:\/|$)/.test(glob));
  const all = ['**/*', ...left.flatMap((glob) => [`!${glob}/**`, `!${glob}`])];
  return left.length > 0 ? [{ ...listOf(root, from, path, all), ignores: true }] : [];
}

/**
 * https://vercel.com/docs/project-configuration#functions: the files that a function loads are found by a trace,
 * `excludeFiles` removes some of them, and `includeFiles` only adds others. A folder's name does not match the files
 * in it. Vercel starts the patterns at the root of the repository, so that in another folder only those that begin
 * with `**` are certain.
 */
function ofVercel(disk: Disk, root: string, from: Config): readonly ShippedList[] {
  const { functions } = from.fields;
  if (!isRecord(functions)) return [];
  return Object.entries(functions).flatMap(([pattern, config]) => {
    const globs = isRecord(config) ? plainGlobs(config['excludeFiles']) : undefined;
    if (root !== '.' && globs?.some((glob) => !glob.startsWith('**/'))) return [];
    const entries = globs ? disk.glob([joinPath(root, pattern)]) : [];
    if (!globs || entries.length === 0) return [];
    const path = ['functions', pattern, 'excludeFiles'];
    const list = listOf(root, from, path, ['**/*', ...globs.map((glob) => `!${glob}`)]);
    return { ...list, name: `"excludeFiles" of ${from.file}`, ignores: true, isExact: true, entries };
  });
}

function listOf(
  root: string,
  from: Config,
  path: readonly (string | number)[],
  globs: readonly string[],
): ShippedList {
  return {
    name: `"${path.filter((key) => typeof key === 'string').join('.')}" of ${from.file}`,
    root,
    globs: globs.map((glob) =>
      glob.startsWith('!') ? `!${joinPath(root, glob.slice(1))}` : joinPath(root, glob),
    ),
    place: from.placeOf(path),
  };
}

/** Undefined for lists with objects or with placeholders, which mean more than the text shows. */
function plainGlobs(value: unknown): readonly string[] | undefined {
  const globs: readonly unknown[] = typeof value === 'string' ? [value] : Array.isArray(value) ? value : [];
  const isPlain = globs.every((glob) => typeof glob === 'string' && !glob.includes('${'));
  return globs.length > 0 && isPlain ? (globs as readonly string[]) : undefined;
}

/** The first of some files that exists. */
function configIn(disk: Disk, root: string, names: readonly string[]): Config | undefined {
  const file = names.map((name) => joinPath(root, name)).find((path) => disk.isFile(path));
  const text = file === undefined ? undefined : disk.readText(file);
  if (file === undefined || text === undefined) return undefined;
  if (!file.endsWith('.json')) return ofYaml(file, text);
  const json: unknown = parse(text, [], { allowTrailingComma: true });
  return isRecord(json) ? ofManifest({ file, text, json: json as PackageJson }) : undefined;
}

function ofManifest(manifest: Manifest): Config {
  return {
    file: manifest.file,
    fields: manifest.json as unknown as Readonly<Record<string, unknown>>,
    placeOf: (path) => locateInManifest(manifest, path, 'value'),
  };
}

/** @throws VerifyError if aliases multiply the text: YAML's "billion laughs" */
function valueOf(file: string, document: Yaml.Document): unknown {
  try {
    return document.toJS();
  } catch {
    throw new VerifyError({
      kind: 'unreadable',
      message: `${file} cannot be read, because its aliases refer to too much.`,
      remedy: 'Write the values out.',
      file,
    });
  }
}

function ofYaml(file: string, text: string): Config | undefined {
  // Loaded only if there is such a file to read.
  const { isNode, parseDocument } = createRequire(import.meta.url)('yaml') as typeof Yaml;
  // Serverless and CloudFormation have tags of their own.
  const document = parseDocument(text, { logLevel: 'silent' });
  const fields = document.errors.length > 0 ? undefined : valueOf(file, document);
  if (!isRecord(fields)) return undefined;
  return {
    file,
    fields,
    placeOf(path) {
      const node = document.getIn(path, true);
      const [start, end] = (isNode(node) ? node.range : undefined) ?? [0, 0];
      return { file, start, end };
    },
  };
}
