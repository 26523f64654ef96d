import type { ProjectGraph, Tree } from '@nx/devkit';
import type { Engine, Finding, FixPlan, Report, Run } from '../../engine';
import { hasColor } from '../../terminal';
import { chosenProjects, listOf } from '../chosen-projects';
import { openWorkspace } from '../open-workspace';
import type { GeneratorWorkspace } from '../open-workspace';
import { renderDiff } from '../render-diff';
import { writePlan } from '../write-plan';

export interface FixOptions {
  /** Projects whose findings to fix; all by default. */
  readonly project?: string | readonly string[];
  /** Rules by code or name; all by default. */
  readonly rule?: string | readonly string[];
}

/**
 * Applies the fixes of the findings. It checks the workspace again, with the current build output,
 * because the offsets in an earlier report may no longer match the files.
 *
 * @param graph the project graph, if the caller has it
 * @param say prints the diff and the remaining findings
 * @throws Error for an unknown project or rule
 */
export default async function fixGenerator(
  tree: Tree,
  options: FixOptions = {},
  graph?: ProjectGraph,
  say: (text: string) => void = console.log,
): Promise<void> {
  const workspace = await openWorkspace(tree, graph);
  const { engine, input } = workspace;
  const projects = chosenProjects(workspace, listOf(options.project));
  const rules = knownRules(engine, listOf(options.rule));
  const isWanted = ({ code, rule }: Finding) =>
    rules.length === 0 || rules.includes(code) || rules.includes(rule);
  const plan = engine.planFixes({
    workspace: input,
    check: (run) => projects.map((project) => checked(workspace, run, project)),
    wanted: isWanted,
  });
  const changed = writePlan(tree, plan);
  const color = hasColor();
  for (const file of plan.files) if (!changed.includes(file.file)) say(`${renderDiff(file, color)}\n`);
  say(closingWords(plan, changed));
}

/** Checks the build output; if a project is not built, checks at least its sources. */
function checked(
  { engine, options }: GeneratorWorkspace,
  run: Run,
  project: string,
): Pick<Report, 'findings' | 'problems'> {
  const own = options.get(project) ?? {};
  const { findings, problems } = engine.verify({ run, project, options: own });
  const isUnbuilt = problems.some(({ kind }) => kind === 'missing-build') && findings.length === 0;
  return { findings: isUnbuilt ? engine.verifySources(run, project, own) : findings, problems };
}

function knownRules(engine: Engine, rules: readonly string[]): readonly string[] {
  for (const rule of rules) {
    try {
      engine.normalizeOptions({ rules: { [rule]: 'error' } });
    } catch (error) {
      const remedy = engine.isVerifyError(error) ? ` ${error.problem.remedy}` : '';
      throw new Error(`"${rule}" is not a rule.${remedy}`, { cause: error });
    }
  }
  return rules;
}

function closingWords({ files, fixed, left, problems }: FixPlan, changed: readonly string[]): string {
  const written = files.filter(({ file }) => !changed.includes(file));
  const lines =
    written.length > 0
      ? [
          `Fixed ${counted(fixed.length, 'finding')} in ${counted(written.length, 'file')}. Build and check again: the build output does not contain the fixes yet.`,
          ...(fixed.some(({ code }) => code === 'VE207')
            ? ['A manifest has a new dependency: run the install command of your package manager.']
            : []),
        ]
      : [
          left.length + problems.length + changed.length > 0
            ? 'No file was changed.'
            : 'There is nothing to fix.',
        ];
  return [
    ...lines,
    ...changed.map((file) => `${file} has changed meanwhile and was not edited. Run this command again.`),
    ...(left.length > 0 ? ['', 'Fix these yourself:'] : []),
    ...left.map(
      ({ file, line, column, code, rule, fix }) =>
        `  ${file}:${line}:${column} - ${code} ${rule}: ${fix?.title ?? 'no fix available'}`,
    ),
    ...(problems.length > 0 ? ['', 'Could not check:'] : []),
    ...problems.map(({ message, remedy }) => `  ${message} ${remedy}`),
  ].join('\n');
}

function counted(count: number, noun: string): string {
  return `${count} ${noun}${count === 1 ? '' : 's'}`;
}
