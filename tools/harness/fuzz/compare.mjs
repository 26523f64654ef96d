import { DECLARED_DIFFERENCES } from './declared-differences.mjs';
import { APP } from './workspace.mjs';

/**
 * Compares the engine's answers with those of the oracles, import by import.
 *
 * @typedef {{ kind: 'disagreement' | 'needlessly-unknown' | 'finding'; probe?: import('./workspace.mjs').Probe; oracle: string; engine: string; observed?: string }} Difference
 * @param {import('./workspace.mjs').Workspace} workspace
 * @param {{ engine: import('./open-engine.mjs').EngineResult; truths: Map<string, Record<string, { verdict: string; observed?: string }>> }} answers
 *   `truths`: by probe path, by oracle
 * @returns {{ differences: Difference[]; tally: Record<string, number> }}
 */
export function compare(workspace, { engine, truths }) {
  /** @type {Record<string, number>} */
  const tally = {};
  const count = (key) => (tally[key] = (tally[key] ?? 0) + 1);
  /** @type {Difference[]} */
  const differences = [];
  for (const problem of engine.problems)
    differences.push({ kind: 'finding', oracle: 'none', engine: `problem: ${problem}` });
  for (const probe of workspace.probes) {
    const answer = answerTo(engine, probe);
    for (const [oracle, truth] of Object.entries(truths.get(probe.path) ?? {})) {
      count('demands');
      const { count: counted, difference } = checkAnswer({ workspace, probe, answer, truth, oracle });
      if (counted) count(counted);
      if (difference)
        differences.push({
          probe,
          oracle: `${oracle}: ${truth.verdict}`,
          observed: truth.observed,
          ...difference,
        });
    }
    const listed = isListed(engine, probe, answer);
    if (listed !== (answer.verdict === 'unmet')) {
      const engineSays = `${answer.verdict}, but ${listed ? 'a' : 'no'} finding is about it`;
      differences.push({ kind: 'finding', probe, oracle: 'report', engine: engineSays });
    }
  }
  return { differences, tally };
}

/**
 * Compares one answer with the result of one oracle.
 *
 * @returns {{ count?: string; difference?: Pick<Difference, 'kind' | 'engine'> }} `count`: what it is counted as where it is no difference
 */
export function checkAnswer({ workspace, probe, answer, truth, oracle }) {
  const engine = describe(answer);
  if (truth.verdict === 'unclear') {
    // Published code can fail in any way if a part of it is missing. An internal assertion is a bug of Node, for example with a module whose
    // names become known only while it runs.
    if (
      !REAL.has(workspace.flavour) &&
      !/TypeError|ReferenceError|ERR_INTERNAL_ASSERTION/.test(truth.observed)
    )
      return { difference: { kind: 'disagreement', engine } };
    return { count: 'generated code that throws' };
  }
  if (answer.verdict === truth.verdict) return { count: `${oracle} agrees: ${truth.verdict}` };
  const declared = DECLARED_DIFFERENCES.find(({ covers }) =>
    covers({ answer, truth, oracle, probe, workspace }),
  );
  if (declared) return { count: `declared: ${declared.name}` };
  // The module throws when it runs, so `require` cannot show its names.
  if (answer.kind === 'undetected-by-node' && truth.inRequire === 'throws')
    return { count: 'generated code that throws' };
  return {
    difference: { kind: answer.verdict === 'unknown' ? 'needlessly-unknown' : 'disagreement', engine },
  };
}

/**
 * Errors in a provider's own files, not in a probe. Each must occur when the file is loaded alone, or the file must be missing.
 *
 * @returns {{ file: string; finding: import('./open-engine.mjs').EngineResult['findings'][number] }[]} the files to load
 */
export function findingsToConfirm(workspace, { findings }) {
  const there = new Set(workspace.modules.map(({ path }) => path));
  return findings.flatMap((finding) => {
    const { severity, rule, affected, provider } = finding;
    if (severity !== 'error' || BLIND_SPOTS.has(rule)) return [];
    if (affected.places.some(({ file }) => file.startsWith(`${APP}/`))) return [];
    if (MISSING_FILE.has(rule) && provider?.file !== undefined && !there.has(provider.file)) return [];
    const [{ file }] = affected.places;
    return [{ file, finding }];
  });
}

const REAL = new Set(['incident', 'published']);
const MISSING_FILE = new Set(['entry-file-missing', 'types-entry-missing']);

/** The engine's answer to the import of a probe, or to the member that it reads. */
export function answerTo(engine, probe) {
  const all = (engine.answers.get(probe.path) ?? []).filter(({ provider }) => provider !== undefined);
  // A member of a name has its own answer if the engine can check it.
  const lacking = all.find(({ member, verdict }) => member === probe.inner && member && verdict === 'unmet');
  if (lacking) return lacking;
  const answers = all.filter(({ member }) => member === undefined);
  if (answers.length !== 1) return { verdict: `${answers.length} answers` };
  const [answer] = answers;
  return answer.name === probe.name ? answer : { ...answer, verdict: `requested for ${answer.name}` };
}

/** A name that is neither a value nor a type has one finding, at the place of the value. */
export function isListed(engine, probe, { verdict, why }) {
  const missing = engine.findings.filter(({ rule }) => !BLIND_SPOTS.has(rule));
  if (missing.some(({ affected }) => affected.places.some(({ file }) => file === probe.path))) return true;
  const observed = ({ rule, name, provider }) =>
    rule === 'missing-export' && name === probe.name && probe.specifier.startsWith(provider.package);
  return verdict === 'unmet' && why === 'missing-type-export' && missing.some(observed);
}

const BLIND_SPOTS = new Set([
  'opaque-exports',
  'unparsed-module',
  'untyped-entry-point',
  'unresolved-reexport',
]);

function describe({ verdict, why, reason }) {
  return [verdict, why ?? reason].filter(Boolean).join(': ');
}
