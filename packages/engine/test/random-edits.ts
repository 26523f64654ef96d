import {
  existsSync,
  lstatSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { dirname, extname, join, posix, relative } from 'node:path';
import type { FilePath } from '../src/model/place.js';
import type { Random } from './random.js';

/** An edit that was made: a description, and the paths that a file watcher would report. */
export interface Edited {
  readonly what: string;
  readonly changed: readonly FilePath[];
}

/**
 * Makes a random edit in a workspace: of sources, outputs and manifests, of files, folders and
 * symbolic links.
 */
export function editRandomly(root: string, random: Random): Edited {
  const edit = random.pick([rewrite, rewrite, rewrite, rewrite, add, remove, move, link, uninstall]);
  return edit(root, random);
}

type Edit = (root: string, random: Random) => Edited;

const rewrite: Edit = (root, random) => {
  const file = random.pick(entries(root).files);
  const text = readFileSync(join(root, file), 'utf8');
  const lines = text.split('\n');
  const at = random.below(lines.length);
  const others = entries(root).files.filter((other) => extname(other) === extname(file));
  const changes: readonly (readonly [string, string])[] = [
    ['takes a line away', lines.toSpliced(at, 1).join('\n')],
    ['doubles a line', lines.toSpliced(at, 0, lines[at]!).join('\n')],
    ['cuts the end off', text.slice(0, random.below(text.length + 1))],
    ['empties', ''],
    ['takes the text of another', readFileSync(join(root, random.pick(others)), 'utf8')],
    ['adds an export', `${text}\nexport const added${random.below(9)} = 1;\n`],
    ['changes a letter', text.replace(new RegExp(random.pick(['a', 'e', 'o', '\\.', '"'])), 'x')],
  ];
  const [what, changed] = random.pick(changes);
  writeFileSync(join(root, file), changed);
  return { what: `${what}: ${file}`, changed: [file] };
};

const add: Edit = (root, random) => {
  const { files, folders } = entries(root);
  const like = random.pick(files);
  const file = posix.join(random.pick(folders), random.pick(['', 'new/']), posix.basename(like));
  // As a watcher would: the topmost path that was created.
  let top = file;
  while (!existsSync(join(root, dirname(top)))) top = dirname(top);
  const text = readFileSync(join(root, like), 'utf8');
  mkdirSync(dirname(join(root, file)), { recursive: true });
  // A link whose target is gone cannot be written through.
  if (!existsSync(join(root, file))) rmSync(join(root, file), { force: true });
  writeFileSync(join(root, file), text);
  return { what: `adds ${file} like ${like}`, changed: [top, file] };
};

const remove: Edit = (root, random) => {
  const { files, folders } = entries(root);
  const path = random.pick(random.chance(0.7) ? files : folders);
  rmSync(join(root, path), { recursive: true });
  return { what: `removes ${path}`, changed: [path] };
};

const move: Edit = (root, random) => {
  const { files, folders } = entries(root);
  const from = random.pick(random.chance(0.5) ? files : folders);
  const to = posix.join(dirname(from), random.pick(['moved', 'index.js', 'dist', 'index.d.ts']));
  if (existsSync(join(root, to))) return rewrite(root, random);
  renameSync(join(root, from), join(root, to));
  return { what: `moves ${from} to ${to}`, changed: [from, to] };
};

/** A link that replaces a file or folder. Its target is edited later, only under its own path. */
const link: Edit = (root, random) => {
  const { files, folders } = entries(root);
  const [path, target] = random.chance(0.5)
    ? [random.pick(files), random.pick(files)]
    : [random.pick(folders), random.pick(folders)];
  const within = (outer: string, inner: string): boolean => `${inner}/`.startsWith(`${outer}/`);
  if (within(path, target) || within(target, path)) return rewrite(root, random);
  rmSync(join(root, path), { recursive: true });
  symlinkSync(relative(dirname(join(root, path)), join(root, target)), join(root, path));
  return { what: `makes ${path} a link to ${target}`, changed: [path] };
};

/** Removes an installed package, or a scope of packages. */
const uninstall: Edit = (root, random) => {
  const folder = join(root, 'node_modules');
  const installed = existsSync(folder) ? readdirSync(folder).filter((name) => !name.startsWith('.')) : [];
  if (installed.length === 0) return rewrite(root, random);
  const name = random.pick(installed);
  const aside = join(root, 'node_modules', `.${name}`);
  if (existsSync(aside)) return rewrite(root, random);
  renameSync(join(folder, name), aside);
  return {
    what: `uninstalls ${name}`,
    changed: [`node_modules/${name}`, `node_modules/.${name}`],
  };
};

/** The existing files, without links and the files behind them; at least one file in a folder. */
function entries(root: string): {
  readonly files: readonly FilePath[];
  readonly folders: readonly FilePath[];
} {
  const files: FilePath[] = [];
  const folders: FilePath[] = [];
  const visit = (folder: FilePath): void => {
    for (const name of readdirSync(join(root, folder)).sort()) {
      const path = posix.join(folder, name);
      const stat = lstatSync(join(root, path));
      if (stat.isDirectory()) {
        folders.push(path);
        visit(path);
      } else if (stat.isFile()) files.push(path);
    }
  };
  visit('.');
  if (files.length > 0 && folders.length > 0) return { files, folders };
  rmSync(join(root, 'spare'), { recursive: true, force: true });
  mkdirSync(join(root, 'spare'));
  writeFileSync(join(root, 'spare/index.js'), 'export const spare = 1;\n');
  return entries(root);
}
