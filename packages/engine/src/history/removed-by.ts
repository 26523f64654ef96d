import { execFileSync } from 'node:child_process';
import type { FilePath } from '../model/place.js';

/** The commit that removed an export. */
export interface RemovingCommit {
  /** Abbreviated. */
  readonly hash: string;
  /** `2026-03-02` */
  readonly date: string;
  readonly subject: string;
}

/** A name may be changed often. Older commits are not looked at. */
const MOST_COMMITS = 8;

/** A search that takes longer helps no one. */
const PATIENCE_MS = 2000;

/**
 * The last commit that removed an exporting line with a name from a package's files.
 *
 * @param root absolute path of the workspace root
 * @param folder the package's folder
 * @returns undefined if there is none, if git is not there, or if the search takes too long
 */
export function removedBy(root: string, folder: FilePath, name: string): RemovingCommit | undefined {
  if (!/^[\p{ID_Start}$_][\p{ID_Continue}$]*$/u.test(name)) return undefined;
  const deadline = Date.now() + PATIENCE_MS;
  const git = (...args: readonly string[]): string =>
    execFileSync('git', ['--literal-pathspecs', ...args], {
      cwd: root,
      encoding: 'utf8',
      timeout: Math.max(1, deadline - Date.now()),
      maxBuffer: 16 * 1024 * 1024,
      stdio: ['ignore', 'pipe', 'ignore'],
    });
  try {
    const found = git(
      'log',
      `-n${MOST_COMMITS}`,
      `-S${name}`,
      '--format=%h%x09%as%x09%s',
      '--no-merges',
      '--',
      folder,
    );
    for (const line of found.split('\n').filter(Boolean)) {
      const [hash = '', date = '', ...subject] = line.split('\t');
      const patch = git(
        'show',
        '--format=',
        '--unified=0',
        '--no-ext-diff',
        '--no-textconv',
        hash,
        '--',
        folder,
      );
      if (removesExport(patch, name)) return { hash, date, subject: subject.join('\t') };
    }
  } catch {
    // No git, a shallow clone, or too many commits: the finding is complete without this.
  }
  return undefined;
}

const SOURCE = /\.[cm]?[jt]sx?$|\.vue$|\.svelte$/;
const TEST = /\.(?:test|spec)\.|(?:^|\/)__tests__\//;

/** Whether a patch has more removed than added lines that export the name, in files that are no tests. */
function removesExport(patch: string, name: string): boolean {
  const word = new RegExp(String.raw`(?<![\w$])${name.replaceAll('$', String.raw`\$`)}(?![\w$])`);
  let counts = false;
  let balance = 0;
  // `export {` may be on another line of the same statement.
  const exporting = /\bexports?\b/.test(patch);
  for (const line of patch.split('\n')) {
    if (line.startsWith('--- ') || line.startsWith('+++ ')) {
      const file = line.slice(4).replace(/^[ab]\//, '');
      if (file !== '/dev/null') counts = SOURCE.test(file) && !TEST.test(file);
    } else if (counts && exporting && word.test(line)) {
      if (line.startsWith('-')) balance -= 1;
      else if (line.startsWith('+')) balance += 1;
    }
  }
  return balance < 0;
}
