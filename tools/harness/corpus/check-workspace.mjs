import { resolve } from 'node:path';
import { pathToFileURL } from 'node:url';

/**
 * Checks every project of a workspace with the built engine, in this process. Each project checks its own imports and not those of
 * its dependents, so that every import is counted once.
 *
 * @typedef {import('../../../packages/engine/dist/index.js').Report} Report
 * @param {{ root: string; packages: readonly { name: string; folder: string }[] }} options
 * @returns {Promise<{ reports: Map<string, Report>; seconds: number; crashed: { name: string; error: string }[] }>}
 *   `crashed`: projects whose check throws. The other projects are still checked
 */
export async function checkWorkspace({ root, packages }) {
  const { openRun, verify } = await loadEngine();
  const started = performance.now();
  const run = openRun({ root, projects: packages.map(({ name, folder }) => ({ name, root: folder })) });
  const reports = new Map();
  const crashed = [];
  for (const { name } of packages) {
    try {
      reports.set(name, verify({ run, project: name, options: { dependents: false } }));
    } catch (error) {
      crashed.push({ name, error: error instanceof Error ? (error.stack ?? error.message) : String(error) });
    }
  }
  return { reports, crashed, seconds: (performance.now() - started) / 1000 };
}

/** The built engine. `CORPUS_ENGINE` is the file of another build, to compare both. */
export function loadEngine() {
  const other = process.env.CORPUS_ENGINE;
  return other ? import(pathToFileURL(resolve(other)).href) : import('@verify-exports/engine');
}
