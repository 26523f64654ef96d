import { execFileSync } from 'node:child_process';
import { linkSync, lstatSync, mkdirSync, renameSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { mutateText } from './mutate-input.mjs';

/** @typedef {import('../../bench/random.mjs').Random} Random */
/** @typedef {{ what: string; path: string; to?: string; text?: string }} Damage */

const LINK_TARGETS = [
  '/etc/passwd', '/etc', '/', '/dev/null', '/dev/zero', '/proc/self/mem', '..', '../..', '.', 'gone', '../../../../../../../../etc/passwd', 'package.json',
  'dist', 'src', '../node_modules', 'index.js', 'a'.repeat(250), `${'a/'.repeat(1000)}a`,
]; // prettier-ignore
const NAMES = [
  'a\nb.js', 'a\r.js', 'a\u001B[2Kb.js', '\u202Ea.js', ' ', 'a ', '%00', '%2e%2e', '-rf', '--', '*', '[a]', '{a,b}', '!x', '#x', '?x', 'a:b', 'INDEX.JS', '\\..\\x',
  '__proto__', 'constructor', 'node_modules', '.git', '.verify-exports', `${'x'.repeat(250)}`, 'a\'b".js', '<b>', '$(id)', '`id`', 'é.js', 'e\u0301.js', '\uFEFFa.js',
]; // prettier-ignore

/**
 * What only a real disk shows: links, pipes, folders in the place of files, names, bytes that are no text.
 *
 * @param {[string, string]} file path and text @param {Random} random
 * @returns {Damage}
 */
export function diskDamage([path, text], random) {
  const what = random.pick([
    'text',
    'text',
    'bytes',
    'gone',
    'folder',
    'pipe',
    'link',
    'link',
    'name',
    'deep',
  ]);
  if (what === 'text') return { what, path, text: mutateText(text, random) };
  if (what === 'bytes') return { what, path, text: mutateText(text, random), to: String(random.int(0, 255)) };
  if (what === 'link') {
    const isFolder = random.chance(0.3);
    return { what, path: isFolder ? dirname(path) : path, to: random.pick(LINK_TARGETS) };
  }
  if (what === 'name') return { what, path, to: random.pick(NAMES) };
  return { what, path, to: random.pick(['20', '55', '200']) };
}

/** Makes the damage in a workspace. It leaves out what the damage before made impossible. */
export function damageDisk(root, { what, path, to = '', text = '' }, pipe) {
  const file = join(root, path);
  if (path === '.' || !isPresent(file)) return;
  const kinds = {
    text: () => writeFileSync(file, text),
    // A byte that is not UTF-8 in the middle.
    bytes: () => {
      const bytes = Buffer.from(text);
      bytes[bytes.length >> 1] = Number(to);
      writeFileSync(file, bytes);
    },
    gone: () => rmSync(file),
    folder: () => (rmSync(file), mkdirSync(file)),
    pipe: () => (rmSync(file), linkSync(pipe, file)),
    link: () => (rmSync(file, { recursive: true }), symlinkSync(to, file)),
    name: () => renameSync(file, join(dirname(file), to)),
    deep: () => {
      const folder = `${file}-deep/${'d/'.repeat(Number(to))}`;
      mkdirSync(folder, { recursive: true });
      renameSync(file, join(folder, 'deep.js'));
    },
  };
  try {
    kinds[what]();
  } catch (error) {
    // The system refuses it, so no workspace can look like that.
    if (!(error instanceof Error && 'code' in error)) throw error;
  }
}

function isPresent(file) {
  try {
    return lstatSync(file).isFile() || lstatSync(file).isDirectory();
  } catch {
    return false;
  }
}

/** @returns {string} a pipe; links to it are pipes as well */
export function makePipe(folder) {
  const pipe = join(folder, 'pipe');
  execFileSync('mkfifo', [pipe]);
  return pipe;
}
