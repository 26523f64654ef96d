import { isRecord } from '../model/is-record.js';
import { createRequire } from 'node:module';
import type * as Yaml from 'yaml';
import type { FilePath } from '../model/place.js';
import { VerifyError } from '../model/problem.js';
import type { Problem } from '../model/problem.js';
import type { Manifest, ProjectInput } from '../model/workspace.js';
import type { Disk } from './disk.js';
import { baseNameOf, folderOf, isWithin, joinPath } from './file-path.js';
import { locateInManifest } from './locate-in-manifest.js';
import { isCostlyGlob, tooCostly } from './glob-test.js';
import { fieldInText } from './field-in-text.js';
import { isTextFolder } from './package-files.js';
import { textPosition } from './text-position.js';

export interface Discovery {
  readonly projects: readonly ProjectInput[];
  readonly problems: readonly Problem[];
}

/**
 * The projects of a workspace whose caller listed none: the packages of `workspaces` (npm, yarn,
 * bun) or of pnpm-workspace.yaml, every folder with a project.json, and the root itself if others
 * can import it.
 */
export function discoverProjects(disk: Disk, rootManifest: Manifest | undefined): Discovery {
  const problems: Problem[] = [];
  const stated = [...manifestGlobs(rootManifest, problems), ...pnpmGlobs(disk, problems)];
  const globs = stated.filter((glob) => !isCostlyGlob(glob));
  for (const glob of stated.filter(isCostlyGlob)) problems.push(tooCostly(glob));
  const members = globs.length === 0 ? [] : disk.glob(globs.map(manifestGlob)).map((file) => folderOf(file)!);
  const named = projectJsons(disk);
  const names = new Map(members.map((root) => [root, packageName(disk, root)]));
  const built = builtCopies(names, named);
  const roots = new Set([
    ...[...names].filter(([root, name]) => name && !built.has(root)).map(([root]) => root),
    ...named.keys(),
  ]);
  roots.delete('.');
  const { json } = rootManifest ?? {};
  if (named.has('.') || (json?.name && (json.exports ?? json.main) !== undefined)) roots.add('.');

  const taken = new Set<string>();
  const projects = [...roots].sort().map((root): ProjectInput => {
    const wanted = named.get(root) ?? names.get(root) ?? packageName(disk, root) ?? baseNameOf(root);
    const name = taken.has(wanted) ? root : wanted;
    taken.add(name);
    const outputs = [...built].filter(([, owner]) => owner === root).map(([folder]) => folder);
    return { name, root, ...(outputs.length > 0 && { outputs }) };
  });
  return { projects, problems };
}

/**
 * Globs such as `packages/**` also match the package.json that a build wrote inside its own
 * package: that is an output.
 */
function builtCopies(
  names: ReadonlyMap<FilePath, string | undefined>,
  named: ReadonlyMap<FilePath, unknown>,
): Map<FilePath, FilePath> {
  const built = new Map<FilePath, FilePath>();
  for (const [root, name] of names) {
    if (name === undefined || named.has(root)) continue;
    for (let above = folderOf(root); above !== undefined && above !== '.'; above = folderOf(above)) {
      if (names.get(above) === name) built.set(root, above);
    }
  }
  return built;
}

function manifestGlob(glob: string): string {
  const negated = glob.startsWith('!');
  const folder = joinPath(glob.slice(negated ? 1 : 0));
  return `${negated ? '!' : ''}${joinPath(folder, 'package.json')}`;
}

/** `workspaces`: an array, or (yarn) an object with `packages`. */
function manifestGlobs(manifest: Manifest | undefined, problems: Problem[]): readonly string[] {
  const workspaces = manifest?.json.workspaces;
  if (!manifest || workspaces === undefined) return [];
  const globs = isRecord(workspaces) ? (workspaces['packages'] ?? []) : workspaces;
  if (isStringArray(globs)) return globs;
  const { file, text } = manifest;
  problems.push({
    kind: 'invalid-manifest',
    message: `"workspaces" of ${file} is not an array of globs.`,
    remedy: 'List the package folders: ["packages/*"].',
    file,
    ...textPosition(text, locateInManifest(manifest, ['workspaces'], 'value').start),
  });
  return [];
}

function pnpmGlobs(disk: Disk, problems: Problem[]): readonly string[] {
  const file = 'pnpm-workspace.yaml';
  let text: string | undefined;
  try {
    text = disk.isFile(file) ? disk.readText(file) : undefined;
  } catch (error) {
    if (!(error instanceof VerifyError)) throw error;
    problems.push(error.problem);
  }
  if (text === undefined) return [];
  const complain = (what: string, position: object = {}): readonly string[] => {
    problems.push({
      kind: 'invalid-manifest',
      message: `${file} ${what}.`,
      remedy: 'List the package folders under "packages".',
      file,
      ...position,
    });
    return [];
  };
  // Loaded here: pnpm alone has such a file, and the projects of a task come from its caller.
  const { parse, YAMLParseError } = createRequire(import.meta.url)('yaml') as typeof Yaml;
  try {
    const parsed: unknown = parse(text);
    const globs = isRecord(parsed) ? (parsed['packages'] ?? []) : (parsed ?? []);
    return isStringArray(globs) ? globs : complain('does not list "packages" as an array of globs');
  } catch (error) {
    // Aliases that multiply are a ReferenceError.
    const start = error instanceof YAMLParseError ? error.linePos?.[0] : undefined;
    return complain('is not valid YAML', start && { line: start.line, column: start.col });
  }
}

/**
 * Folders with a project.json, and their names. Folders of templates contain such files, dot
 * folders contain caches.
 */
function projectJsons(disk: Disk): ReadonlyMap<FilePath, string | undefined> {
  const found = new Map<FilePath, string | undefined>();
  const skip = (folder: FilePath): boolean =>
    baseNameOf(folder).startsWith('.') || isTextFolder(disk, '.', folder);
  for (const file of disk.listFiles('.', skip)) {
    if (baseNameOf(file) === 'project.json') found.set(folderOf(file)!, nameIn(disk, file));
  }
  // A build that copies project.json into dist creates no project.
  for (const root of found.keys()) if (root !== 'dist' && isWithin('dist', root)) found.delete(root);
  return found;
}

function packageName(disk: Disk, root: FilePath): string | undefined {
  return nameIn(disk, joinPath(root, 'package.json'));
}

/** A file that cannot be read gets the name of its folder, so that its package is listed with the problem. */
function nameIn(disk: Disk, file: FilePath): string | undefined {
  try {
    return disk.isFile(file) ? fieldInText(disk.readText(file) ?? '', 'name') : undefined;
  } catch (error) {
    if (!(error instanceof VerifyError)) throw error;
    return baseNameOf(folderOf(file) ?? '.');
  }
}

function isStringArray(value: unknown): value is readonly string[] {
  return Array.isArray(value) && value.every((element) => typeof element === 'string');
}
