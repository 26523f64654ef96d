/** The folders that hold a folder, from the workspace's root down; for the root itself, the root. */
export function foldersAbove(root: string): readonly string[] {
  if (root === '.') return ['.'];
  const parts = root.split('/').slice(0, -1);
  return ['.', ...parts.map((_, index) => parts.slice(0, index + 1).join('/'))];
}
