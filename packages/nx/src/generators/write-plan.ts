import type { Tree } from '@nx/devkit';
import type { FixPlan } from '../engine';

/**
 * Writes planned texts to the tree.
 *
 * @returns the files that were not written because their text has changed since the plan was made
 */
export function writePlan(tree: Tree, { files }: Pick<FixPlan, 'files'>): readonly string[] {
  const changed: string[] = [];
  for (const { file, before, after } of files) {
    if (tree.read(file, 'utf-8') === before) tree.write(file, after);
    else changed.push(file);
  }
  return changed;
}
