import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import type { FileChange, Tree } from '@nx/devkit';

/**
 * The parts of a generator's tree that our generators use, for a folder on disk. `flush` writes the
 * changes.
 */
export function diskTree(root: string) {
  const pending = new Map<string, string>();
  const deleted = new Set<string>();
  const onDisk = (file: string) => existsSync(join(root, file));
  const tree = {
    root,
    exists: (file: string) => pending.has(file) || onDisk(file),
    read: (file: string) =>
      pending.get(file) ??
      (onDisk(file) && !deleted.has(file) ? readFileSync(join(root, file), 'utf8') : null),
    write: (file: string, text: string) => void pending.set(file, text),
    delete: (file: string) => void (pending.delete(file), deleted.add(file)),
    listChanges: (): FileChange[] =>
      [...pending].map(([path, text]) => ({
        path,
        type: onDisk(path) ? 'UPDATE' : 'CREATE',
        content: Buffer.from(text),
      })),
  } as unknown as Tree;
  const flush = () => {
    for (const [file, text] of pending) {
      mkdirSync(dirname(join(root, file)), { recursive: true });
      writeFileSync(join(root, file), text);
    }
    for (const file of deleted) rmSync(join(root, file), { force: true });
    pending.clear();
    deleted.clear();
  };
  return { tree, pending, deleted, flush };
}
