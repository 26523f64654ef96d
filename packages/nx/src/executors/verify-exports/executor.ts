import type { ExecutorContext } from '@nx/devkit';
import { loadEngine } from '../../engine';
import { currentGraph, optionsBy } from './current-graph';
import type { ExecutorOptions } from './executor-options';
import { Judge } from './judge';
import { Unreplayable } from './unreplayable';

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
  const engine = await loadEngine();
  const judge = new Judge(engine, { ...context, projectGraph }, [current]);
  const { projectName, targetName, configurationName } = context;
  const taskId = [projectName, targetName, configurationName].filter(Boolean).join(':');
  const unreplayable = new Unreplayable(engine, { ...context, projectGraph });
  const outcome = judge.outcomeOf(current);
  const { success, text } = unreplayable.apply(outcome, { job: current, taskId, run: judge.run });
  console.log(text);
  return { success };
}
