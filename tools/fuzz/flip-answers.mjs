import { answerTo, judgeAnswer } from './compare.mjs';

/**
 * A test of the harness itself: every answer that the oracles confirm is turned round, as an engine at fault would give it, and has
 * to show as a disagreement.
 *
 * @param {import('./workspace.mjs').Workspace} workspace
 * @param {{ engine: import('./ask-engine.mjs').EngineVerdict; truths: Map<string, Record<string, { verdict: string; told?: string }>> }} answers
 * @returns {{ form: string; flip: string; swallowed?: string; probe: import('./workspace.mjs').Probe }[]} each flip, by the form of
 *   the demand; `swallowed`: what kept it from being told
 */
export function flipAnswers(workspace, { engine, truths }) {
  return workspace.probes.flatMap((probe) => {
    const answer = answerTo(engine, probe);
    const told = Object.entries(truths.get(probe.path) ?? {});
    const isConfirmed = told.length > 0 && told.every(([, { verdict }]) => verdict === answer.verdict);
    if (!isConfirmed) return [];
    return FLIPS.filter(({ verdict }) => verdict !== answer.verdict).map(({ name, ...turned }) => {
      // What an answer at fault says about itself is no more to be trusted than the answer.
      const flipped = { ...answer, why: undefined, reason: undefined, kind: undefined, ...turned };
      const outcomes = told.map(([oracle, truth]) =>
        judgeAnswer({ workspace, probe, answer: flipped, truth, oracle }),
      );
      const caught = outcomes.some(({ difference }) => difference !== undefined);
      const flip = `${answer.verdict} → ${name}`;
      return {
        form: probe.form,
        flip,
        probe,
        answer,
        truths: told,
        ...(!caught && { swallowed: outcomes[0].count }),
      };
    });
  });
}

/** What an engine at fault says, as far as the declared differences go by it. */
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
