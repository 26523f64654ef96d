import type { ProjectGraph, Tree } from '@nx/devkit';
import type { Engine, Finding, FixPlan, Report, Run } from '../../engine';
import { hasColor } from '../../terminal';
import { openWorkspace } from '../open-workspace';
import type { GeneratorWorkspace } from '../open-workspace';
import { renderDiff } from '../render-diff';
import { writePlan } from '../write-plan';

export interface FixOptions {
  /** Projects whose findings are to be mended; all where absent. */
  readonly project?: string | readonly string[];
  /** Rules by code or name; all where absent. */
  readonly rule?: string | readonly string[];
}

/**
 * Makes the edits that the findings propose. The workspace is judged afresh, by what is built at the moment: a report of an
 * earlier run tells offsets into texts that may have changed since.
 *
 * @param graph the project graph, where the caller has it
 * @param say where the diff and what is left go
 * @throws Error for a project or rule that is not known
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
    judge: (run) => projects.map((project) => judged(workspace, run, project)),
    wanted: isWanted,
  });
  const changed = writePlan(tree, plan);
  const color = hasColor();
  for (const file of plan.files) if (!changed.includes(file.file)) say(`${renderDiff(file, color)}\n`);
  say(closingWords(plan, changed));
}

/** What is built tells most; of a project that is not, the sources tell something. */
function judged(
  { engine, options }: GeneratorWorkspace,
  run: Run,
  project: string,
): Pick<Report, 'findings' | 'problems'> {
  const own = options.get(project) ?? {};
  const { findings, problems } = engine.verify({ run, project, options: own });
  const isUnbuilt = problems.some(({ kind }) => kind === 'missing-build') && findings.length === 0;
  return { findings: isUnbuilt ? engine.verifySources(run, project, own) : findings, problems };
}

function chosenProjects({ options }: GeneratorWorkspace, wanted: readonly string[]): readonly string[] {
  const unknown = wanted.find((project) => !options.has(project));
  if (unknown !== undefined)
    throw new Error(
      `There is no project "${unknown}" with a verify-exports target. Projects that have one: ${[...options.keys()].sort().join(', ') || 'none'}.`,
    );
  return wanted.length > 0 ? wanted : [...options.keys()].sort();
}

function knownRules(engine: Engine, rules: readonly string[]): readonly string[] {
  for (const rule of rules) {
    try {
      engine.normalizeOptions({ rules: { [rule]: 'error' } });
    } catch (error) {
      const remedy = engine.isVerifyError(error) ? ` ${error.problem.remedy}` : '';
      throw new Error(`"${rule}" names no rule.${remedy}`, { cause: error });
    }
  }
  return rules;
}

/** Nx hands over `--rule=a --rule=b` as an array and `--rule=a,b` as one text. */
function listOf(value: string | readonly string[] | undefined): readonly string[] {
  return [value ?? []].flat().flatMap((text) =>
    text
      .split(',')
      .map((part) => part.trim())
      .filter(Boolean),
  );
}

function closingWords({ files, fixed, left, problems }: FixPlan, changed: readonly string[]): string {
  const written = files.filter(({ file }) => !changed.includes(file));
  const lines =
    written.length > 0
      ? [
          `${counted(fixed.length, 'finding')} mended by edits of ${counted(written.length, 'file')}. What is built still lacks them: build and verify again.`,
          ...(fixed.some(({ code }) => code === 'VE207')
            ? ['A dependency was declared: run the install command of your package manager.']
            : []),
        ]
      : [left.length + problems.length + changed.length > 0 ? 'No edit was made.' : 'Nothing to mend.'];
  return [
    ...lines,
    ...changed.map((file) => `${file} has changed meanwhile and was left alone; run this again.`),
    ...(left.length > 0 ? ['', 'Left to you:'] : []),
    ...left.map(
      ({ file, line, column, code, rule, fix }) =>
        `  ${file}:${line}:${column} - ${code} ${rule}: ${fix?.title ?? 'no fix is known'}`,
    ),
    ...(problems.length > 0 ? ['', 'Could not be judged:'] : []),
    ...problems.map(({ message, remedy }) => `  ${message} ${remedy}`),
  ].join('\n');
}

function counted(count: number, noun: string): string {
  return `${count} ${noun}${count === 1 ? '' : 's'}`;
}
