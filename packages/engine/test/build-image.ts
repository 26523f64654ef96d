import {
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  symlinkSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, dirname, join, posix, relative } from 'node:path';
import { keptByDocker } from './docker-context.js';

/** A container's file system, made without Docker: real files in a temporary folder. */
export interface BuiltImage {
  /** The folder that is `/` in the image. */
  readonly root: string;
  /**
   * False if a COPY names a path that the context does not contain, because Docker then builds
   * nothing.
   */
  readonly succeeded: boolean;
  [Symbol.dispose](): void;
}

/**
 * Builds the image of a plain Dockerfile: FROM, WORKDIR, COPY (with --from) of paths without
 * variables, and three commands in RUN. `npm ci` links the workspace's packages whose folders
 * exist. `nx build` creates the workspace's `dist` folders of packages whose sources exist. `cp
 * -rL` copies and follows links.
 *
 * @param context absolute path of the build context
 */
export function buildImage(context: string, dockerfile: string, ignoreFile: string): BuiltImage {
  const folder = mkdtempSync(join(tmpdir(), 'verify-exports-image-'));
  const dispose = (): void => rmSync(folder, { recursive: true, force: true });
  const sent = join(folder, 'context');
  mkdirSync(sent);
  for (const path of keptByDocker(ignoreFile, filesBelow(context))) {
    mkdirSync(dirname(join(sent, path)), { recursive: true });
    cpSync(join(context, path), join(sent, path));
  }
  const stages = new Map<string, string>();
  let root = '';
  let workdir = '/';
  for (const line of dockerfile.split('\n')) {
    const [keyword, ...words] = line.trim().split(/\s+/);
    if (keyword === 'FROM') {
      const name = words[2] ?? `stage-${stages.size}`;
      root = join(folder, name);
      mkdirSync(root);
      const base = stages.get(words[0]!);
      if (base) cpSync(base, root, { recursive: true, verbatimSymlinks: true });
      if (!base) workdir = '/';
      stages.set(name, root);
    } else if (keyword === 'WORKDIR') workdir = posix.resolve(workdir, words[0]!);
    else if (keyword === 'COPY') {
      const from = /^--from=(.*)$/.exec(words[0]!)?.[1];
      const paths = from === undefined ? words : words.slice(1);
      const target = paths.at(-1)!.startsWith('/') ? paths.at(-1)! : `${join(workdir, paths.at(-1)!)}`;
      const into = /\/$|^\.$/.test(paths.at(-1)!) || paths.length > 2;
      for (const path of paths.slice(0, -1)) {
        if (!copy(join(from === undefined ? sent : stages.get(from)!, path), join(root, target), into)) {
          return { root, succeeded: false, [Symbol.dispose]: dispose };
        }
      }
    } else if (keyword === 'RUN') {
      if (/npm ci/.test(line)) {
        install(join(root, workdir));
        installPackages(context, join(root, workdir), line.includes('--omit=dev'));
      }
      if (/nx build/.test(line)) build(context, join(root, workdir));
      const [, from, to] = /cp -rL (\S+) (\S+)/.exec(line) ?? [];
      if (from && to) cpSync(join(root, from), join(root, to), { recursive: true, dereference: true });
    }
  }
  return { root, succeeded: true, [Symbol.dispose]: dispose };
}

/** COPY copies the contents of a folder; a `*` matches any name in its folder. */
function copy(source: string, target: string, intoFolder: boolean): boolean {
  if (source.includes('*')) {
    const pattern = new RegExp(`^${basename(source).replaceAll('.', '\\.').replaceAll('*', '.*')}$`);
    const names = existsSync(dirname(source))
      ? readdirSync(dirname(source)).filter((name) => pattern.test(name))
      : [];
    for (const name of names) copy(join(dirname(source), name), target, true);
    return names.length > 0;
  }
  if (!existsSync(source)) return false;
  const isFolder = statSync(source).isDirectory();
  const place = !isFolder && intoFolder ? join(target, basename(source)) : target;
  mkdirSync(isFolder ? place : dirname(place), { recursive: true });
  cpSync(source, place, { recursive: true, verbatimSymlinks: true });
  return true;
}

/** The links that npm creates in a workspace: one for each existing member. */
function install(folder: string): void {
  const members = join(folder, 'packages');
  for (const name of existsSync(members) ? readdirSync(members) : []) {
    const manifest = join(members, name, 'package.json');
    if (!existsSync(manifest)) continue;
    const link = join(
      folder,
      'node_modules',
      (JSON.parse(readFileSync(manifest, 'utf8')) as { name: string }).name,
    );
    mkdirSync(dirname(link), { recursive: true });
    if (!existsSync(link)) symlinkSync(relative(dirname(link), join(members, name)), link, 'junction');
  }
}

/**
 * The packages of registries, as they are installed in the workspace. Without development
 * dependencies, those that only a manifest's `devDependencies` list are left out.
 */
function installPackages(context: string, folder: string, production: boolean): void {
  const members = existsSync(join(folder, 'packages')) ? readdirSync(join(folder, 'packages')) : [];
  const folders = ['.', ...members.map((name) => join('packages', name))].filter((member) =>
    existsSync(join(folder, member, 'package.json')),
  );
  const left = folders.flatMap((member) => {
    const text = readFileSync(join(folder, member, 'package.json'), 'utf8');
    const { devDependencies = {} } = JSON.parse(text) as { devDependencies?: Record<string, string> };
    return production ? Object.keys(devDependencies) : [];
  });
  for (const member of folders) {
    const from = join(context, member, 'node_modules');
    for (const name of existsSync(from) ? readdirSync(from) : []) {
      if (left.includes(name) || name.startsWith('@')) continue;
      const target = join(folder, member, 'node_modules', name);
      if (!existsSync(target)) cpSync(join(from, name), target, { recursive: true, verbatimSymlinks: true });
    }
  }
}

/** The build of every package whose sources exist. */
function build(context: string, folder: string): void {
  const members = join(folder, 'packages');
  for (const name of existsSync(members) ? readdirSync(members) : []) {
    const dist = join(context, 'packages', name, 'dist');
    if (existsSync(join(members, name, 'src')) && existsSync(dist))
      cpSync(dist, join(members, name, 'dist'), { recursive: true });
  }
}

function filesBelow(folder: string, path = ''): readonly string[] {
  return readdirSync(join(folder, path), { withFileTypes: true }).flatMap((entry) => {
    const below = path === '' ? entry.name : `${path}/${entry.name}`;
    if (entry.isDirectory()) return entry.name === 'node_modules' ? [] : filesBelow(folder, below);
    return entry.isFile() ? [below] : [];
  });
}
