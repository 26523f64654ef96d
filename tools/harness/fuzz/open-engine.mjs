import { join } from 'node:path';
import { bundleEngine } from '../bundle-engine.mjs';

/**
 * The engine's results for one workspace: the answers to all imports by the importing file, and the reports of all projects.
 *
 * @typedef {{ verdict: 'met' | 'unmet' | 'unknown'; why?: string; reason?: string; kind?: string; name?: string; dependent: string; provider: string; phase: string; origin: string }} EngineAnswer
 * @typedef {{ answers: Map<string, EngineAnswer[]>; findings: import('../../../packages/engine/src/index.js').Finding[]; problems: string[] }} EngineResult
 */

/** @returns {Promise<(root: string) => EngineResult>} */
export async function openEngine() {
  const engine = await engineInternals();
  return (root) => check(engine, root);
}

/** What engine-internals.mjs exports. */
export function engineInternals() {
  loading ??= bundleEngine(join(import.meta.dirname, 'engine-internals.mjs'));
  return loading;
}

/** @type {Promise<any> | undefined} */
let loading;

function check(engine, root) {
  const { openRun, verify, viewOf, WorkspaceLookUp } = engine;
  const run = openRun({ root });
  const view = viewOf(run, { conditions: [] });
  const reports = run.workspace.packages.map(({ project }) => verify({ run, project }));
  const demands = run.workspace.packages.flatMap((pkg) => view.demands.of(pkg).demands);
  const lookUp = new WorkspaceLookUp(view);
  const declaredKind = (project, name) => lookUp.explain.declarationOf(run.packageOf(project), name)?.kind;
  const answering = view.answers.answering(demands, declaredKind);
  const answers = new Map();
  for (const demand of demands) {
    const { file } = demand.place;
    // A probe reads at most one member. The answer to the member is then the answer to the probe.
    const [answered, member] = answering(demand);
    answers.set(file, [...(answers.get(file) ?? []), plain(member ?? answered)]);
  }
  return {
    answers,
    findings: reports.flatMap((report) => report.findings),
    problems: reports.flatMap((report) => report.problems.map(({ message }) => message)),
  };
}

function plain({ demand, verdict, why, unknownFact }) {
  const { name, dependent, provider, phase, origin } = demand;
  return {
    verdict,
    dependent,
    provider,
    phase,
    origin,
    ...(name !== undefined && { name }),
    ...(why && {
      why: why.kind,
      errors: (why.errors ?? why.answers?.map((each) => each.why) ?? []).map(({ kind }) => kind),
    }),
    ...(unknownFact && { reason: unknownFact.reason, kind: unknownFact.kind }),
  };
}
