import type { ExecutorContext } from '@nx/devkit';
import { loadEngine } from '../../engine';
import { currentGraph, optionsBy } from '../../compat/current-graph';
import type { ExecutorOptions } from '../../options/types';
import { Judge } from './judge';

/** Judges one project, writes its report and prints its findings. Fails on findings, and where it could not judge. */
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
  const judge = new Judge(await loadEngine(), { ...context, projectGraph }, [current]);
  const { success, text } = judge.outcomeOf(current);
  console.log(text);
  return { success };
}
