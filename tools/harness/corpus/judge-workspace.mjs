import { resolve } from 'node:path';
import { pathToFileURL } from 'node:url';

/**
 * Judges every project of a workspace with the built engine, in this process: its own demands, so that each is counted once,
 * and not those that its dependents place on it.
 *
 * @typedef {import('../../../packages/engine/dist/index.js').Report} Report
 * @param {{ root: string; packages: readonly { name: string; folder: string }[] }} options
 * @returns {Promise<{ reports: Map<string, Report>; seconds: number; crashed: { name: string; error: string }[]; run: object }>} `run`: what the engine has read;
 *   a project whose judging throws is listed, the others are still judged
 */
export async function judgeWorkspace({ root, packages }) {
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

/** The engine as `npm run build` leaves it; `CORPUS_ENGINE` names the file of another build, to compare the two. */
export function loadEngine() {
  const other = process.env.CORPUS_ENGINE;
  return other ? import(pathToFileURL(resolve(other)).href) : import('@verify-exports/engine');
}
