import type { Demand, EntryFailure } from '../../model/demand.js';
import type { EntryExplanation } from '../../model/explanation.js';
import type { FixIdea } from '../../model/fix-idea.js';
import { defineRule } from '../define-rule.js';
import type { EvidenceAt, LookUp } from '../define-rule.js';
import {
  insteadEvidence,
  sameButForm,
  shadowEvidence,
  specifierOf,
  workspaceOnlyEvidence,
} from '../entry-words.js';
import { notPublished } from '../entry-not-published/rule.js';
import { demandBreakage, unmetDemands } from '../unmet-demands.js';
import { listed, verbOf } from '../words.js';

interface Data {
  readonly demands: readonly [Demand, ...Demand[]];
  readonly entry: EntryFailure;
}

export const unexportedSubpath = defineRule<Data>({
  code: 'VE205',
  name: 'unexported-subpath',
  reference: 'https://nodejs.org/api/esm.html#resolution-algorithm-specification',
  since: '0.1.0',
  severity: 'error',
  title: 'An imported subpath is not listed in the published `exports`.',

  find: (facts) =>
    unmetDemands(facts, 'unexported-subpath')
      // If the source manifest lists the subpath, entry-not-published reports it.
      .filter(({ demands, why }) => !notPublished(facts, demands[0], why.entry))
      .map((group) => demandBreakage(facts, group, { demands: group.demands, entry: group.why.entry })),

  describe({ demands, entry }, lookUp) {
    const [demand] = demands;
    const provider = lookUp.packageOf(demand.provider)!;
    const name = provider.name ?? provider.project;
    if (entry.outcome === 'not-listed' && entry.exposed)
      return {
        message: `"${demand.specifier}" is ${verbOf(demand)}, but the module federation of "${name}" does not expose "${entry.subpath}".`,
        evidence: refusal(entry),
      };
    const explanation = lookUp.explain.entry(entry, demand);
    const because =
      entry.outcome === 'blocked'
        ? `the exports of "${name}" map "${entry.pattern}" to null`
        : `the exports of "${name}" do not list "${demand.subpath}"`;
    const fix = fixOf(demands, entry, explanation, lookUp);
    return {
      message: `"${demand.specifier}" is ${verbOf(demand)}, but ${because}.`,
      evidence: [
        ...refusal(entry),
        ...shadowEvidence(explanation),
        ...folderEvidence(explanation),
        ...workspaceOnlyEvidence(demand, explanation, lookUp),
        ...insteadEvidence(demand, entry, explanation),
      ],
      ...(fix ? { fix } : {}),
    };
  },
});

function refusal(entry: EntryFailure): readonly EvidenceAt[] {
  if (!('place' in entry) || !entry.place) return [];
  const text =
    entry.outcome === 'blocked'
      ? `"${entry.pattern}" → null`
      : listed(entry.outcome === 'not-listed' ? entry.offered : []);
  return [{ role: 'exports', text, place: entry.place }];
}

function folderEvidence({ folderKey }: EntryExplanation): readonly EvidenceAt[] {
  if (!folderKey) return [];
  const { key, place } = folderKey;
  return [
    {
      role: 'folder',
      text: `"${key}" is a folder key, which Node no longer supports: write "${key}*"`,
      place,
    },
  ];
}

function fixOf(
  demands: readonly [Demand, ...Demand[]],
  entry: EntryFailure,
  explanation: EntryExplanation,
  lookUp: LookUp,
): FixIdea | undefined {
  const [demand] = demands;
  const { sameFile } = explanation;
  const alike = sameFile?.subpath ?? sameButForm(entry, explanation);
  const listing =
    sameFile || entry.outcome !== 'not-listed'
      ? undefined
      : lookUp.fixes.subpath(lookUp.packageOf(demand.provider)!, demand.subpath);
  return (
    listing ?? (alike === undefined ? undefined : lookUp.fixes.specifier(demands, specifierOf(demand, alike)))
  );
}
