import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { ExecutorContext } from '@nx/devkit';
import type { Engine, Run } from '../../engine';
import { hashedFiles } from '../../graph/hashed-files';
import { loadsOutput, NODE_VERSION } from '../../infer/node-version';
import { keyGaps } from '../../graph/key-gaps';
import type { KeyGap } from '../../graph/key-gaps';
import type { NamedInputs } from '../../graph/input-files';
import { buildTargetsOf, statedTargets } from '../../graph/workspace-from-graph';
import type { Job, Outcome } from './task-checker';
import { optionSource } from './option-source';
import { isCached, isOnAgent } from './is-cached';
import { couldNotCheck } from './could-not-check';

/** What the answer needs of Nx. */
export type KeyContext = Pick<ExecutorContext, 'root' | 'projectGraph' | 'taskGraph' | 'nxJsonConfiguration'>;

/** A task that was checked. */
export interface Checked {
  readonly job: Job;
  readonly taskId: string;
  readonly run: Run | undefined;
}

/**
 * Whether Nx may cache that a check passed. Nx caches every task that passes. A task must fail if
 * its cache key lacks something that the check reads: otherwise Nx would replay the pass after that
 * has changed.
 */
export class Unreplayable {
  readonly #engine: Engine;
  readonly #context: KeyContext;
  readonly #isHashed: (file: string) => boolean;
  /**
   * The task whose text explains that the run has no build tasks. It is the same for all tasks of a
   * batch.
   */
  #explainedBy: string | undefined;

  constructor(engine: Engine, context: KeyContext) {
    this.#engine = engine;
    this.#context = context;
    this.#isHashed = hashedFiles(context.root);
  }

  /**
   * Turns a pass that must not be cached into a failure, and says why. It never throws: one project
   * must not cost the others their results.
   */
  apply(outcome: Outcome, { job, taskId, run }: Checked): Outcome {
    if (!outcome.success) return outcome;
    try {
      const reason = this.#reasonFor(job, taskId, run);
      if (reason === undefined) return outcome;
      return { ...outcome, success: false, unreplayable: true, text: `${outcome.text}\n\n${reason}` };
    } catch (error) {
      return { ...outcome, success: false, text: `${outcome.text}\n\n${couldNotCheck(job.project, error)}` };
    }
  }

  /** @returns why the pass of a task must not be cached, and what to do; undefined if it may */
  #reasonFor(job: Job, taskId: string, run: Run | undefined): string | undefined {
    const { projectGraph, taskGraph, nxJsonConfiguration } = this.#context;
    const node = projectGraph.nodes[job.project];
    const target = node?.data.targets?.[job.targetName];
    const task = taskGraph?.tasks[taskId];
    if (!run || !node || !target || !taskGraph || !task) return undefined;
    if (!isCached(task, target, nxJsonConfiguration)) return undefined;
    if (isOnAgent() && (taskGraph.dependencies[taskId] ?? []).length === 0) return undefined;
    const stated = statedTargets(job.options);
    const gaps = keyGaps({
      taskId,
      project: job.project,
      target,
      projectGraph,
      taskGraph,
      namedInputs: (nxJsonConfiguration?.namedInputs ?? {}) as NamedInputs,
      buildTargetsOf: (project) => {
        const { [project]: other } = projectGraph.nodes;
        return (project === job.project ? stated : undefined) ?? (other ? buildTargetsOf(other) : []);
      },
      filesOf: (project) => this.#engine.checkedFilesOf(run, project),
      loadsOutput: loadsOutput(job.options),
      isHashed: this.#isHashed,
    });
    if (gaps.length === 0) return undefined;
    const isExcluded = gaps.some((gap) => gap.kind === 'build-not-in-run' && gap.excluded);
    const opening = `✖ ${job.project}: passed, but Nx must not cache this pass, so the task fails`;
    if (isExcluded && this.#explainedBy !== undefined)
      return `${opening}: this run has no build tasks (see ${this.#explainedBy}).`;
    if (isExcluded) this.#explainedBy = taskId;
    const place = { projectRoot: node.data.root, targetName: job.targetName };
    const fileOf = (field: string): string => this.#sourceOf(field, place);
    return [`${opening}.`, ...gaps.flatMap((gap) => linesFor(gap, job.targetName, fileOf))].join('\n');
  }

  #sourceOf(field: string, place: Parameters<typeof optionSource>[1]): string {
    const read = (file: string): string | undefined => {
      try {
        return readFileSync(join(this.#context.root, file), 'utf8');
      } catch {
        return undefined;
      }
    };
    const ofProject = place.projectRoot === '.' ? 'project.json' : `${place.projectRoot}/project.json`;
    const source = optionSource(field, place, read);
    return source ?? (read(ofProject) === undefined ? 'nx.json, under targetDefaults' : ofProject);
  }
}

/** At most this many names are listed. */
const LISTED = 5;

function linesFor(gap: KeyGap, targetName: string, fileOf: (field: string) => string): readonly string[] {
  if (gap.kind === 'build-not-in-run' && gap.excluded)
    return [
      `    The check reads what ${listed(gap.builds)} wrote, but this run has no build tasks.`,
      '    Their files are not in the cache key, so Nx would replay this pass after they changed.',
      '    fix      run the same command without --excludeTaskDependencies: Nx replays builds that are up to date',
      `             or add --skip-nx-cache, or set "cache": false for the target "${targetName}"`,
    ];
  if (gap.kind === 'build-not-in-run')
    return [
      `    The check reads what ${listed(gap.builds)} wrote, but the task does not depend on it.`,
      '    Its files are not in the cache key, so Nx would replay this pass after they changed.',
      `    fix      add ${gap.builds.map(dependsOn).slice(0, LISTED).join(', ')} to "dependsOn" of the target "${targetName}" in ${fileOf('dependsOn')}`,
      '             or set "cache": false for the target',
    ];
  if (gap.kind === 'unlisted-output')
    return [
      `    The check reads ${gap.file}, but no task before it lists this file in its outputs, and git or Nx ignores it.`,
      '    The file is not in the cache key, so Nx would replay this pass after it changed.',
      gap.build === undefined
        ? `    fix      name the target that writes the file in "buildTarget" and "dependsOn" of the target "${targetName}"`
        : `    fix      add the file's folder to "outputs" of ${gap.build}`,
      `             or set "cache": false for the target "${targetName}"`,
    ];
  if (gap.kind === 'missing-inputs')
    return [
      `    "inputs" of the target "${targetName}" lack ${listed(gap.inputs.map((input) => JSON.stringify(input)))}.`,
      '    Nx would replay this pass after one of these files changed.',
      `    fix      add ${gap.inputs.length === 1 ? 'it' : 'them'} to "inputs" in ${fileOf('inputs')}, or remove "inputs" there: the plugin infers them`,
      '             or set "cache": false for the target',
    ];
  if (gap.kind === 'node-version')
    return [
      `    The check loads the build output, but "inputs" of the target "${targetName}" lack the version of Node.`,
      '    Nx would replay this pass with another version, which may load the output differently.',
      `    fix      set "load" or "probe" in the "options" of the target, so that the plugin infers the input`,
      `             or add ${JSON.stringify(NODE_VERSION)} to "inputs" in ${fileOf('inputs')}`,
      '             or set "cache": false for the target',
    ];
  if (gap.kind === 'ignored-file')
    return [
      `    The check reads ${gap.file}, but git or Nx ignores this file, so it is not in the cache key.`,
      '    Nx would replay this pass after the file changed.',
      '    fix      remove the pattern that ignores it from .gitignore or .nxignore, and commit the file',
      '             or set "cache": false for the target',
    ];
  return [
    `    The check reads ${gap.file}, but "inputs" of the target "${targetName}" leave this file out.`,
    '    Nx would replay this pass after it changed.',
    `    fix      use "default" and "^default" in "inputs" in ${fileOf('inputs')}, and let "default" in "namedInputs" contain the file`,
    '             or set "cache": false for the target',
  ];
}

function dependsOn(build: string): string {
  const cut = build.lastIndexOf(':');
  return `{ "target": "${build.slice(cut + 1)}", "projects": ["${build.slice(0, cut)}"] }`;
}

function listed(names: readonly string[]): string {
  const rest = names.length - LISTED;
  return rest > 0 ? `${names.slice(0, LISTED).join(', ')} and ${rest} more` : names.join(', ');
}
