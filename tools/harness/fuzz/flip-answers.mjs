import { answerTo, isListed, checkAnswer } from './compare.mjs';

/**
 * A test of the harness itself: inverts every answer that the oracles confirm, as a faulty engine would, and the report, too. The
 * harness must notice each as a disagreement.
 *
 * @param {import('./workspace.mjs').Workspace} workspace
 * @param {{ engine: import('./open-engine.mjs').EngineResult; truths: Map<string, Record<string, import('./workspace.mjs').Truth>> }} answers
 * @returns {Flip[]}
 * @typedef {{ form: string; flip: string; probe: import('./workspace.mjs').Probe; swallowed?: string; workspace?: import('./workspace.mjs').Workspace }} Flip
 *   `form`: of the import; `swallowed`: why the harness did not notice it, in which `workspace`
 */
export function flipAnswers(workspace, { engine, truths }) {
  return workspace.probes.flatMap((probe) => {
    const answer = answerTo(engine, probe);
    const observed = Object.entries(truths.get(probe.path) ?? {});
    const isConfirmed =
      observed.length > 0 && observed.every(([, { verdict }]) => verdict === answer.verdict);
    if (!isConfirmed) return [];
    const turned = FLIPS.filter(({ verdict }) => verdict !== answer.verdict).map(({ name, ...flip }) => {
      // The reason of a wrong answer is as unreliable as the answer.
      const flipped = { ...answer, why: undefined, reason: undefined, kind: undefined, ...flip };
      const outcomes = observed.map(([oracle, truth]) =>
        checkAnswer({ workspace, probe, answer: flipped, truth, oracle }),
      );
      const isCaught = outcomes.some(({ difference }) => difference !== undefined);
      return {
        form: probe.form,
        flip: `${answer.verdict} → ${name}`,
        probe,
        ...(!isCaught && { swallowed: outcomes[0].count, workspace }),
      };
    });
    return [...turned, flipReport(engine, probe, answer)];
  });
}

/** Removes the finding about a probe, or adds a false one. */
function flipReport(engine, probe, answer) {
  const isUnmet = answer.verdict === 'unmet';
  const invented = { rule: 'missing-export', affected: { places: [{ file: probe.path }] }, provider: {} };
  const findings = isUnmet
    ? engine.findings.map((finding) => withoutPlace(finding, probe.path))
    : [...engine.findings, invented];
  const isCaught = isListed({ ...engine, findings }, probe, answer) !== isUnmet;
  return {
    form: probe.form,
    flip: isUnmet ? 'finding dropped' : 'finding invented',
    probe,
    ...(!isCaught && { swallowed: 'reported by another finding' }),
  };
}

function withoutPlace(finding, path) {
  const places = finding.affected.places.filter(({ file }) => file !== path);
  return { ...finding, affected: { ...finding.affected, places } };
}

/**
 * Flips by the form of the import, and why the harness did not notice some of them.
 *
 * @param {readonly Flip[]} flips
 * @returns {{ forms: Map<string, { all: number; caught: number }>; swallowed: Map<string, number> }}
 */
export function countFlips(flips) {
  const forms = new Map();
  const swallowed = new Map();
  for (const { form, flip, swallowed: by } of flips) {
    const { all, caught } = forms.get(form) ?? { all: 0, caught: 0 };
    forms.set(form, { all: all + 1, caught: caught + (by === undefined ? 1 : 0) });
    if (by === undefined) continue;
    const key = `${flip}, by ${by}`;
    swallowed.set(key, (swallowed.get(key) ?? 0) + 1);
  }
  return { forms, swallowed };
}

/** The answers of a faulty engine, with all properties that the declared differences read. */
const FLIPS = [
  { name: 'met', verdict: 'met' },
  { name: 'unmet', verdict: 'unmet', why: 'missing-export', errors: [] },
  { name: 'unmet (ambiguous)', verdict: 'unmet', why: 'ambiguous-export', errors: [] },
  {
    name: 'unmet (broken provider)',
    verdict: 'unmet',
    why: 'broken-provider',
    errors: ['ambiguous-export'],
  },
  {
    name: 'unmet (broken dependency)',
    verdict: 'unmet',
    why: 'broken-dependency',
    errors: ['ambiguous-export'],
  },
  { name: 'unmet (type)', verdict: 'unmet', why: 'missing-type-export', errors: [] },
  { name: 'unknown (opaque)', verdict: 'unknown', kind: 'opaque-exports', reason: 'its exports are opaque' },
  {
    name: 'unknown (no declarations)',
    verdict: 'unknown',
    kind: 'no-declarations',
    reason: 'none are found',
  },
  {
    name: 'unknown (unresolved star)',
    verdict: 'unknown',
    kind: 'unresolved-star',
    reason: 'it is not served',
  },
  {
    name: 'unknown (undetected)',
    verdict: 'unknown',
    kind: 'undetected-by-node',
    reason: "it is assigned in a way that Node's lexer does not detect",
  },
];
