import type { ExecutorContext } from '@nx/devkit';
import { loadEngine } from '../../engine';
import { currentGraph, optionsBy } from '../../compat/current-graph';
import type { ExecutorOptions } from '../../options/types';
import { TaskChecker } from './task-checker';

/**
 * Checks one project, writes its report and prints its findings. Fails on findings, and if the
 * project could not be checked.
 */
export default async function verifyExportsExecutor(
  options: ExecutorOptions,
  context: ExecutorContext,
): Promise<{ success: boolean }> {
  const job = {
    project: context.projectName ?? '',
    targetName: context.targetName ?? 'verify-exports',
    options: { ...options },
  };
  const projectGraph = await currentGraph(context);
  const current = { ...job, options: optionsBy([context.projectGraph, projectGraph], job) };
  const checker = new TaskChecker(await loadEngine(), { ...context, projectGraph }, [current]);
  const { success, text } = checker.outcomeOf(current);
  console.log(text);
  return { success };
}
