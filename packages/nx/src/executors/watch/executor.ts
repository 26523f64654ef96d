import { statSync } from 'node:fs';
import { join } from 'node:path';
import type { ExecutorContext, ProjectGraph } from '@nx/devkit';
import { loadEngine } from '../../engine';
import { kindIn } from '../../graph/kind-in';
import { projectsFromGraph } from '../../graph/workspace-from-graph';
import { EXECUTOR } from '../../infer/infer-target';
import { createProjectGraph } from '../../compat/devkit';
import type { WatchExecutorOptions } from '../../options/types';
import type { Job, JudgeContext } from '../verify-exports/judge';
import { unjudged } from '../verify-exports/unjudged';
import { watchFiles } from './file-watcher';
import { QuietChanges } from './quiet-changes';
import { TouchedProjects } from './touched-projects';
import { Watch } from './watch';
import type { Watched } from './watch';
import { readWatchOptions } from './watch-options';
import type { ReadWatchOptions } from './watch-options';
import { EXPLANATION } from './watch-words';

/**
 * Judges a project, or all of them, again and again as their outputs and sources change, until it is told to end. What a verdict
 * looks like is decided by the options of each project's own verify-exports target.
 */
export default async function watchExecutor(
  options: WatchExecutorOptions,
  context: ExecutorContext,
): Promise<{ success: boolean }> {
  const project = context.projectName ?? '';
  const engine = await loadEngine();
  const changes = new QuietChanges();
  const letGo = untilEnd(() => changes.stop());
  try {
    const read = readWatchOptions(engine, { ...options });
    const watch = new Watch(
      {
        engine,
        changes,
        read: async () =>
          watchedIn({ root: context.root, projectGraph: await createProjectGraph() }, project, read),
        isWhole: (file) => (statOf(context.root, file)?.size ?? 0) > 0,
        installedAnew: installations(context.root),
        print: (text) => console.log(text),
      },
      watchedIn(context, project, read),
    );
    const close = await watchFiles(context.root, ignoredFolders(context), {
      changed: (files) => watch.changed(files),
      lost: () => watch.changed(['.']),
    });
    try {
      console.log(EXPLANATION);
      await watch.untilStopped();
    } finally {
      await close();
    }
    return { success: true };
  } catch (error) {
    console.log(unjudged(project, error, 'the command line'));
    return { success: false };
  } finally {
    letGo();
  }
}

function watchedIn(context: JudgeContext, project: string, { all, verbose }: ReadWatchOptions): Watched {
  const { projectGraph, taskGraph, root } = context;
  const jobs = jobsIn(projectGraph, verbose);
  const wanted = all ? jobs : jobs.filter((job) => job.project === project);
  const buildTargets = new Map<string, string>();
  const projects = projectsFromGraph({ projectGraph, taskGraph, buildTargets, kindOf: kindIn(root) });
  return {
    context,
    jobs: new Map(wanted.map((job) => [job.project, job])),
    touched: new TouchedProjects(projectGraph, projects),
  };
}

/** Every project's own task, but printed as text and to the terminal alone. */
function jobsIn(projectGraph: ProjectGraph, verbose: boolean): readonly Job[] {
  return Object.values(projectGraph.nodes).flatMap(({ name, data }): readonly Job[] => {
    const found = Object.entries(data.targets ?? {}).find(([, { executor }]) => executor === EXECUTOR);
    if (!found) return [];
    const [targetName, target] = found;
    const { format: _, outputFile: __, ...options } = (target.options ?? {}) as Record<string, unknown>;
    return [{ project: name, targetName, options: { ...options, ...(verbose && { verbose }) } }];
  });
}

/** Nx's cache may lie anywhere, and restoring from it writes there. */
function ignoredFolders({ nxJsonConfiguration }: ExecutorContext): readonly string[] {
  const { cacheDirectory } = nxJsonConfiguration ?? {};
  return cacheDirectory === undefined ? [] : [cacheDirectory.replace(/^\.\//, '')];
}

/** What package managers write last, beside their lock files. */
const INSTALLED = [
  'package-lock.json',
  'pnpm-lock.yaml',
  'yarn.lock',
  'bun.lock',
  'bun.lockb',
  '.pnp.cjs',
  'node_modules/.package-lock.json',
  'node_modules/.modules.yaml',
  'node_modules/.yarn-state.yml',
  'node_modules/.yarn-integrity',
];

function installations(root: string): () => boolean {
  const present = () => INSTALLED.map((file) => statOf(root, file)?.mtimeMs ?? 0).join();
  let last = present();
  return () => {
    const now = present();
    const isOther = now !== last;
    last = now;
    return isOther;
  };
}

function statOf(root: string, file: string) {
  return statSync(join(root, file), { throwIfNoEntry: false });
}

/** Ends with the terminal, with Nx, and with the process that Nx was started by. @returns a function that stops listening */
function untilEnd(end: () => void): () => void {
  const signals = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const;
  for (const signal of signals) process.on(signal, end);
  process.on('disconnect', end);
  return () => {
    for (const signal of signals) process.off(signal, end);
    process.off('disconnect', end);
  };
}
