import type { NxJsonConfiguration, TargetConfiguration, Task } from '@nx/devkit';

/**
 * Whether Nx caches a task that passes. Nx sets NX_SKIP_NX_CACHE for its tasks exactly if it
 * neither reads nor writes the cache in this run, because of an option, a variable or nx.json.
 */
export function isCached(
  task: Pick<Task, 'cache' | 'target'>,
  target: TargetConfiguration,
  nxJson: NxJsonConfiguration | undefined,
  env: NodeJS.ProcessEnv = process.env,
): boolean {
  if (env['NX_SKIP_NX_CACHE'] === 'true') return false;
  // Nx 20 to 22 still know lists of target names in nx.json for targets that do not say it
  // themselves.
  return task.cache ?? target.cache ?? listsOf(nxJson).includes(task.target.target);
}

function listsOf(nxJson: NxJsonConfiguration | undefined): readonly unknown[] {
  const runners: readonly { readonly options?: Readonly<Record<string, unknown>> }[] = Object.values(
    nxJson?.tasksRunnerOptions ?? {},
  );
  return runners.flatMap(({ options }) =>
    [options?.['cacheableOperations'], options?.['cacheableTargets']].flat(),
  );
}

/**
 * Whether an agent of Nx Cloud runs the task. Nx hashes its tasks by the task graph of the command,
 * but hands an agent a graph in which no task depends on another. The two cannot be compared there.
 */
export function isOnAgent(env: NodeJS.ProcessEnv = process.env): boolean {
  return Boolean(env['NX_AGENT_NAME'] ?? env['NX_CLOUD_WORKER_ID']);
}
