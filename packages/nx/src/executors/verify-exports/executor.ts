import type { ExecutorContext } from '@nx/devkit';
import { loadEngine } from '../../engine';
import { currentGraph, isConfiguredOtherwise } from './current-graph';
import type { ExecutorOptions } from './executor-options';
import { Judge } from './judge';
import { unjudged } from './unjudged';

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
  if (isConfiguredOtherwise(job.project, job.targetName, [context.projectGraph, projectGraph])) {
    console.log(unjudged(job.project, outdatedOptions()));
    return { success: false };
  }
  const { success, text } = new Judge(await loadEngine(), { ...context, projectGraph }, [job]).outcomeOf(job);
  console.log(text);
  return { success };
}

function outdatedOptions(): Error {
  const problem = {
    message:
      'the options that Nx passes on are from before the last edit; the daemon of Nx 22 has kept the new ones to itself.',
    remedy: 'Run `npx nx reset`, or with --batch.',
  };
  return Object.assign(new Error(problem.message), { name: 'VerifyError', problem });
}
