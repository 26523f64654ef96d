import type { Edit } from './matrix-edits';
import type { Mode, Verdicts } from './warm-workspace';

interface Report {
  readonly project: string;
  readonly verdict: string;
  readonly findings: readonly {
    readonly severity: string;
    readonly fingerprint: string;
    readonly message: string;
  }[];
}

const SCOPE = '@acme/';

/** Errors in the results of a run without a cache, compared with the expected results of the edit. */
export function wrongWithFresh(edit: Edit, fresh: Verdicts): readonly string[] {
  const [failing, expected] = [failingIn(fresh), [...edit.fails].sort()];
  return String(failing) === String(expected)
    ? []
    : [`fresh: [${failing.join(', ')}] fail, expected [${expected.join(', ')}]`];
}

/** Errors in the results of a run with a cache, without a fresh run to compare with. */
export function wrongWithoutFresh(edit: Edit, mode: Mode, cached: Verdicts): readonly string[] {
  if (mode.command === 'run-many') return [...wrongWithFresh(edit, cached), ...wronglyRun(edit, cached)];
  const failing = failingIn(cached);
  const status = edit.fails.length > 0 ? 1 : 0;
  return [
    ...(cached.status === status ? [] : [`status ${cached.status}, expected ${status}`]),
    ...failing.filter((name) => !edit.fails.includes(name)).map((name) => `${name} fails`),
    ...(failing.length === 0 && status === 1 ? ['nothing fails'] : []),
  ];
}

function failingIn({ reports }: Verdicts): readonly string[] {
  return [...reports.values()]
    .map((text) => JSON.parse(text) as Report)
    .filter(({ verdict }) => verdict === 'fail')
    .map(({ project }) => project.replace(SCOPE, ''))
    .sort();
}

/**
 * Wrong results of a run with a cache, and tasks that ran without need.
 *
 * - `run-many`: every report and the exit status are those of a fresh run.
 * - `affected`: every existing report equals the fresh one, one of them has each breakage of the fresh run, and the exit status is the
 *   same. (Before Nx 24 it selects projects, so it may omit one of two projects that report the same breakage.)
 * - Tasks that the edit does not affect are replayed.
 */
export function wrongWithCell(edit: Edit, mode: Mode, cached: Verdicts, fresh: Verdicts): readonly string[] {
  const wrong: string[] = [];
  if (cached.status !== fresh.status) wrong.push(`status ${cached.status}, fresh ${fresh.status}`);
  for (const [project, text] of cached.reports)
    if (fresh.reports.get(project) !== text) wrong.push(`${project}: another report than fresh`);
  if (mode.command === 'run-many') {
    for (const project of fresh.reports.keys())
      if (!cached.reports.has(project)) wrong.push(`${project}: no report`);
    wrong.push(...wronglyRun(edit, cached));
  } else {
    const reported = breakagesOf(cached);
    for (const [fingerprint, message] of breakagesOf(fresh))
      if (!reported.has(fingerprint)) wrong.push(`not reported: ${message}`);
  }
  return wrong;
}

/**
 * Whether Nx's own daemon did not notice deleted files (on Linux before Nx 22.7): it replays even the build of the project that lost
 * them. No plugin can change this.
 */
export function isUnnoticed({ deletesFrom }: Edit, { daemon }: Mode, { output }: Verdicts): boolean {
  if (!daemon || deletesFrom === undefined) return false;
  return new RegExp(`nx run ${SCOPE}${deletesFrom}:build {2}\\[(?:local cache|existing outputs match)`).test(
    output,
  );
}

/**
 * Errors of a cell that Nx itself causes: a daemon that does not pass on the project graph of the edit. The daemon of Nx 22 does this if
 * it made the graph before a command requested it. Nx then starts no task of a new project, and fails. All else must be correct.
 */
export function keptBack(
  { daemon, batch }: Mode,
  cached: Verdicts,
  fresh: Verdicts,
  wrong: readonly string[],
): readonly string[] {
  if (!daemon || batch || cached.status === 0) return [];
  const found = cached.output.matchAll(/Could not find project "([^"]+)"/g);
  const reasons = [...found].flatMap(([, project]) => {
    const report = fresh.reports.get(project!);
    const reported = breakagesOf({ ...fresh, reports: new Map(report ? [[project!, report]] : []) });
    return [`${project}: no report`, ...[...reported.values()].map((message) => `not reported: ${message}`)];
  });
  if (reasons.length > 0) reasons.push('status 1, fresh 0');
  return wrong.filter((reason) => reasons.includes(reason));
}

function wronglyRun(edit: Edit, { reports, replayed }: Verdicts): readonly string[] {
  const run = [...reports.keys()].filter((project) => !replayed.includes(project));
  if (edit.everything) return replayed.length === 0 ? [] : [`replayed: ${replayed.join(', ')}`];
  const allowed = edit.reruns?.map((name) => `${SCOPE}${name}`);
  const needless = run.filter((project) =>
    allowed ? !allowed.includes(project) : project === `${SCOPE}island`,
  );
  return needless.map((project) => `${project}: run again for nothing`);
}

function breakagesOf({ reports }: Verdicts): ReadonlyMap<string, string> {
  const findings = [...reports.values()].flatMap((text) => (JSON.parse(text) as Report).findings);
  const errors = findings.filter(({ severity }) => severity === 'error');
  return new Map(errors.map(({ fingerprint, message }) => [fingerprint, message]));
}
