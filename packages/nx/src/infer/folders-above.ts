/**
 * The folders that contain a folder, starting with the workspace root. For the root itself: the
 * root.
 */
export function foldersAbove(root: string): readonly string[] {
  if (root === '.') return ['.'];
  const parts = root.split('/').slice(0, -1);
  return ['.', ...parts.map((_, index) => parts.slice(0, index + 1).join('/'))];
}
