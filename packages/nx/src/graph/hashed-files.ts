import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { isAbsolute, join } from 'node:path';

/**
 * Answers whether Nx hashes a file as a source. It hashes every file of the workspace that neither git nor .nxignore ignores.
 *
 * Nx writes the list of these files beside its project graph. A file that is too new for the list is looked up with git.
 *
 * @returns a function that takes a path relative to the workspace root; it remembers its answers
 */
export function hashedFiles(root: string): (file: string) => boolean {
  const answers = new Map<string, boolean>();
  let list: string | undefined;
  return (file) => {
    const known = answers.get(file);
    if (known !== undefined) return known;
    list ??= readList(root);
    const answer = list.includes(JSON.stringify(file)) || !isIgnored(root, file);
    answers.set(file, answer);
    return answer;
  };
}

/** Searching the text is much cheaper than parsing it: the file has one entry for each file of the workspace. */
function readList(root: string): string {
  const { NX_WORKSPACE_DATA_DIRECTORY, NX_PROJECT_GRAPH_CACHE_DIRECTORY } = process.env;
  const folder =
    NX_WORKSPACE_DATA_DIRECTORY ?? NX_PROJECT_GRAPH_CACHE_DIRECTORY ?? join('.nx', 'workspace-data');
  try {
    return readFileSync(join(isAbsolute(folder) ? folder : join(root, folder), 'file-map.json'), 'utf8');
  } catch {
    return ''; // NX_CACHE_PROJECT_GRAPH=false writes none.
  }
}

/** Without git Nx has no ignored files, apart from .nxignore. */
function isIgnored(root: string, file: string): boolean {
  if (/(?:^|\/)node_modules\//.test(file)) return true;
  // Tracked files that a pattern matches are ignored by Nx too, which is what --no-index asks for.
  return spawnSync('git', ['check-ignore', '-q', '--no-index', file], { cwd: root }).status === 0;
}
