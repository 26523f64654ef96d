import type { ExecutorContext } from '@nx/devkit';
import { keepEngineCode, loadEngine } from '../../engine';
import { currentGraph, optionsBy } from '../../compat/current-graph';
import type { ExecutorOptions } from '../../options/types';
import { optimizeLater } from '../../compat/optimize-later';
import { TaskChecker } from './task-checker';
import { Unreplayable } from './unreplayable';

/**
 * Checks one project, writes its report and prints its findings. Fails on findings, and if the
 * project could not be checked.
 */
export default async function verifyExportsExecutor(
  options: ExecutorOptions,
  context: ExecutorContext,
): Promise<{ success: boolean }> {
  optimizeLater();
  const job = {
    project: context.projectName ?? '',
    targetName: context.targetName ?? 'verify-exports',
    options: { ...options },
  };
  const projectGraph = await currentGraph(context);
  const current = { ...job, options: optionsBy([context.projectGraph, projectGraph], job) };
  const engine = await loadEngine(true);
  const checker = new TaskChecker(engine, { ...context, projectGraph, keepReports: true }, [current]);
  const { projectName, targetName, configurationName } = context;
  const taskId = [projectName, targetName, configurationName].filter(Boolean).join(':');
  const unreplayable = new Unreplayable(engine, { ...context, projectGraph });
  await checker.load(current);
  const outcome = checker.outcomeOf(current);
  const { success, text } = unreplayable.apply(outcome, { job: current, taskId, run: checker.run });
  console.log(text);
  checker.saveCache();
  await keepEngineCode();
  return { success };
}
