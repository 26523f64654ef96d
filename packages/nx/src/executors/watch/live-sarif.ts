import { join } from 'node:path';
import type { Engine } from '../../engine';
import type { Outcome } from '../verify-exports/task-checker';

/**
 * Keeps a SARIF file up to date with the results of all watched projects, for an editor that reloads
 * it. The file is written only if its text changes.
 *
 * @param file relative to the workspace root
 * @param print prints why the file cannot be written; the watch continues
 */
export function liveSarif(
  engine: Engine,
  {
    root,
    file,
    print,
  }: { readonly root: string; readonly file: string; readonly print: (text: string) => void },
): (all: readonly Outcome[]) => void {
  let written: string | undefined;
  return (all) => {
    const reports = all.flatMap(({ report }) => report ?? []);
    const text = engine.renderReport('sarif', engine.mergeReports(reports));
    if (text === written) return;
    try {
      engine.writeWhole(join(root, file), text);
      written = text;
    } catch (error) {
      const reason = error instanceof Error ? error.message : String(error);
      print(`${file} cannot be written: ${reason}`);
    }
  };
}
