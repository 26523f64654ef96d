import { statSync } from 'node:fs';
import { join } from 'node:path';
import type { ExecutorContext, ProjectGraph } from '@nx/devkit';
import { loadEngine } from '../../engine';
import { kindIn } from '../../graph/kind-in';
import { readNxJson } from '../../graph/release-facts';
import { projectsFromGraph } from '../../graph/workspace-from-graph';
import { EXECUTOR } from '../../infer/executor-name';
import { createProjectGraph } from '../../compat/devkit';
import type { WatchExecutorOptions } from '../../options/types';
import type { Job, CheckContext } from '../verify-exports/task-checker';
import { couldNotCheck } from '../verify-exports/could-not-check';
import { watchFiles } from './file-watcher';
import { liveSarif } from './live-sarif';
import { QuietChanges } from './quiet-changes';
import { TouchedProjects } from './touched-projects';
import { Watch } from './watch';
import type { Watched } from './watch';
import { readWatchOptions } from './watch-options';
import type { ReadWatchOptions } from './watch-options';
import { EXPLANATION } from './watch-words';

/**
 * Checks one project, or all, again when their outputs or sources change, until it is stopped. The
 * options of each project's own verify-exports target apply.
 */
export default async function watchExecutor(
  options: WatchExecutorOptions,
  context: ExecutorContext,
): Promise<{ success: boolean }> {
  const project = context.projectName ?? '';
  const engine = await loadEngine(true);
  const changes = new QuietChanges();
  const stopListening = untilEnd(() => changes.stop());
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
        ...(read.sarif !== undefined && {
          finished: liveSarif(engine, {
            root: context.root,
            file: read.sarif,
            print: (text) => console.log(text),
          }),
        }),
      },
      watchedIn(context, project, read),
    );
    const close = watchFiles(context.root, ignoredFolders(context), {
      changed: (files) => watch.changed(files),
      lost: () => watch.changed(['.']),
    });
    try {
      console.log(EXPLANATION);
      await watch.untilStopped();
    } finally {
      close();
    }
    return { success: true };
  } catch (error) {
    console.log(couldNotCheck(project, error, 'the command line'));
    return { success: false };
  } finally {
    stopListening();
  }
}

function watchedIn(context: CheckContext, project: string, { all, verbose }: ReadWatchOptions): Watched {
  const { projectGraph, taskGraph, root } = context;
  const jobs = jobsIn(projectGraph, verbose);
  const wanted = all ? jobs : jobs.filter((job) => job.project === project);
  const buildTargets = new Map<string, readonly string[]>();
  const projects = projectsFromGraph({
    projectGraph,
    taskGraph,
    buildTargets,
    kindOf: kindIn(root),
    nxJson: readNxJson(root),
  });
  return {
    context,
    jobs: new Map(wanted.map((job) => [job.project, job])),
    touched: new TouchedProjects(projectGraph, projects),
  };
}

/**
 * The task of every project, without the options that choose another output than text on the
 * terminal.
 */
function jobsIn(projectGraph: ProjectGraph, verbose: boolean): readonly Job[] {
  return Object.values(projectGraph.nodes).flatMap(({ name, data }): readonly Job[] => {
    const found = Object.entries(data.targets ?? {}).find(([, { executor }]) => executor === EXECUTOR);
    if (!found) return [];
    const [targetName, target] = found;
    const {
      format: _,
      outputFile: __,
      outputFiles: ___,
      ...options
    } = (target.options ?? {}) as Record<string, unknown>;
    return [{ project: name, targetName, options: { ...options, ...(verbose && { verbose }) } }];
  });
}

/** Nx's cache may be in any folder, and Nx writes there when it restores outputs. */
function ignoredFolders({ nxJsonConfiguration }: ExecutorContext): readonly string[] {
  const { cacheDirectory } = nxJsonConfiguration ?? {};
  return cacheDirectory === undefined ? [] : [cacheDirectory.replace(/^\.\//, '')];
}

/** Lock files, and the files that package managers write at the end of an installation. */
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

/**
 * Calls `end` when the terminal, Nx or the process that started Nx ends.
 *
 * @returns a function that stops listening
 */
function untilEnd(end: () => void): () => void {
  const signals = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const;
  for (const signal of signals) process.on(signal, end);
  process.on('disconnect', end);
  return () => {
    for (const signal of signals) process.off(signal, end);
    process.off('disconnect', end);
  };
}
