import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { isAbsolute, join } from 'node:path';

/**
 * Answers whether Nx hashes a file as a source. It hashes every file of the workspace that neither
 * git nor .nxignore ignores.
 *
 * Nx writes the list of these files beside its project graph. A file that is too new for the list
 * is looked up with git.
 *
 * @returns a function that takes a path relative to the workspace root; it remembers its answers
 */
export function hashedFiles(root: string): (file: string) => boolean {
  const answers = new Map<string, boolean>();
  let list: Buffer | undefined;
  return (file) => {
    const known = answers.get(file);
    if (known !== undefined) return known;
    list ??= readList(root);
    // Without git, only the list knows; without both, Nx has no reason to ignore the file.
    const answer = lists(list, file) || !(isIgnored(root, file) ?? list.includes('"file":'));
    answers.set(file, answer);
    return answer;
  };
}

/** Much cheaper than parsing: there is one entry for each file of the workspace, and a task looks up a few. */
function lists(list: Buffer, file: string): boolean {
  return ['"file": ', '"file":'].some((field) => list.includes(`${field}${JSON.stringify(file)}`));
}

function readList(root: string): Buffer {
  const { NX_WORKSPACE_DATA_DIRECTORY, NX_PROJECT_GRAPH_CACHE_DIRECTORY } = process.env;
  const folder =
    NX_WORKSPACE_DATA_DIRECTORY ?? NX_PROJECT_GRAPH_CACHE_DIRECTORY ?? join('.nx', 'workspace-data');
  try {
    return readFileSync(join(isAbsolute(folder) ? folder : join(root, folder), 'file-map.json'));
  } catch {
    return Buffer.alloc(0); // NX_CACHE_PROJECT_GRAPH=false writes none.
  }
}

/** @returns undefined if git does not know */
function isIgnored(root: string, file: string): boolean | undefined {
  if (/(?:^|\/)node_modules\//.test(file)) return true;
  // Nx also ignores tracked files that a pattern matches, and so does --no-index.
  const { status } = spawnSync('git', ['check-ignore', '-q', '--no-index', file], { cwd: root });
  return status === 0 ? true : status === 1 ? false : undefined;
}
