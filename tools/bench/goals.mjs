/**
 * The goals of the benchmark: how a line compares with another one, or what it takes.
 *
 * @typedef {{ title: string; seconds?: number; cpu?: number; megabytes?: number }} Result
 * @typedef {{ title: string; line: string; over?: string; unit?: 's' | 'ms'; goal: string }} Goal
 *   `over`: the line by which it is divided. Without it, the goal is about seconds.
 */

/** @type {readonly Goal[]} */
export const GOALS = [
  { title: 'engine, cold, × the parse pass', line: 'cold', over: 'parse', goal: '≤ 1.2, CPU ≤ 1.5' },
  {
    title: 'engine, new process, nothing changed, × the parse pass',
    line: 'again',
    over: 'parse',
    goal: '≤ 0.25',
  },
  {
    title: 'a process per task, first run, × an empty executor',
    line: 'nx-single',
    over: 'nx-empty',
    goal: '≤ 2',
  },
  {
    title: 'one source of a hub changed, × as many empty tasks',
    line: 'hub',
    over: 'hub-empty',
    goal: '≤ 2',
  },
  { title: 'watch, one saved output', line: 'watch', unit: 's', goal: '≤ 0.1 s' },
  { title: 'broken hub, × cold and healthy', line: 'broken', over: 'cold', goal: '≤ 1.2' },
  {
    title: 'replay of everything, × an empty target',
    line: 'nx-replayed',
    over: 'nx-empty-replayed',
    goal: '≤ 1.05',
  },
  { title: 'project graph, daemon off, part of the plugin', line: 'graph', unit: 's', goal: '≤ 0.25 s' },
  { title: 'project graph, daemon on, after one edit', line: 'graph-daemon', unit: 'ms', goal: '≤ 20 ms' },
];

const MEMORY = { 100: '≤ 300 MB', 1000: '≤ 1 GB' };

/**
 * The rows of the table of goals. What was not measured has no row.
 *
 * @param {readonly Goal[]} goals
 * @param {ReadonlyMap<string, Result>} results by line
 * @param {readonly { packages: number; cpu?: number; megabytes?: number }[]} grown
 * @returns {{ title: string; seconds: string; cpu: string; goal: string }[]}
 */
export function goalRows(goals, results, grown) {
  const rows = goals.flatMap(({ title, line, over, unit, goal }) => {
    const [result, base] = [results.get(line), results.get(over ?? line)];
    if (result?.seconds === undefined || base?.seconds === undefined) return [];
    if (over === undefined) return { title, seconds: inUnit(result.seconds, unit), cpu: '–', goal };
    const ratio = (field) =>
      result[field] === undefined || base[field] === undefined
        ? '–'
        : (result[field] / base[field]).toFixed(2);
    return { title, seconds: ratio('seconds'), cpu: ratio('cpu'), goal };
  });
  return [...rows, ...memoryRows(grown), ...linearRows(grown)];
}

function inUnit(seconds, unit) {
  return unit === 'ms' ? `${Math.round(seconds * 1000)} ms` : `${seconds.toFixed(2)} s`;
}

function memoryRows(grown) {
  return grown.flatMap(({ packages, megabytes }) => {
    const goal = MEMORY[packages];
    if (goal === undefined || megabytes === undefined) return [];
    return {
      title: `peak memory, ${packages} packages`,
      seconds: `${Math.round(megabytes)} MB`,
      cpu: '–',
      goal,
    };
  });
}

/** Time per module of the largest workspace, compared with the smallest. */
function linearRows(grown) {
  const known = grown.filter(({ cpu }) => cpu !== undefined).toSorted((a, b) => a.packages - b.packages);
  const [first, last] = [known[0], known.at(-1)];
  if (first === undefined || last === undefined || first === last) return [];
  const per = ({ cpu, packages }) => (cpu ?? 0) / packages;
  const title = `time per module, ${last.packages} packages × ${first.packages} packages`;
  return [{ title, seconds: '–', cpu: (per(last) / per(first)).toFixed(2), goal: 'about 1' }];
}
