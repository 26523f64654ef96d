import type { UnreachableEntry, WinningTarget } from '../../model/manifest-faults.js';
import type { FixIdea } from '../../model/fix-idea.js';
import { defineRule } from '../define-rule.js';
import type { EvidenceAt } from '../define-rule.js';
import { wayText } from '../entry-words.js';

export const entryUnreachable = defineRule<UnreachableEntry>({
  code: 'VE102',
  name: 'entry-unreachable',
  reference: 'https://nodejs.org/api/packages.html#conditional-exports',
  since: '0.1.0',
  severity: 'warning',
  title: 'A target in `exports` or `imports` can never be reached.',

  find: ({ own, manifest }) =>
    manifest.unreachable.map((entry) => ({
      identity: [own.project, entry.field, entry.pattern, ...entry.conditions, entry.target ?? ''],
      hits: [{ project: own.project, place: entry.place }],
      ...(entry.field === 'exports'
        ? {
            provider: {
              package: own.name ?? own.project,
              entryPoint: entry.pattern,
              conditions: entry.conditions,
            },
          }
        : {}),
      data: entry,
    })),

  describe(entry) {
    const { field, pattern, conditions, target, place } = entry;
    const condition = conditions.at(-1);
    const what =
      target === null
        ? `"${pattern}" is listed in "${field}"`
        : `"${target}" is listed under "${condition}" for "${pattern}"`;
    return {
      message: `${what}, but ${whyNot(entry)}.`,
      evidence: [
        ...(target === null ? [] : [{ role: 'dead' as const, text: wayText({ ...entry, target }), place }]),
        ...winnersOf(entry).map((winner) => winnerEvidence(pattern, winner)),
      ],
      ...fixOf(entry),
    };
  },
});

function whyNot({ because, conditions }: UnreachableEntry): string {
  switch (because.kind) {
    case 'earlier':
      return `it is never used: ${takesPrecedence(because.winners, conditions)}`;
    case 'declarations':
      return `TypeScript never reads it: ${takesPrecedence(because.winners, conditions)}, and its declarations are ${because.files.join(' and ')}`;
    case 'contradiction':
      return 'it is never used: "import" and "require" are never set together';
    case 'key':
      return `it never matches: ${because.reason}`;
  }
}

function takesPrecedence(winners: readonly WinningTarget[], conditions: readonly string[]): string {
  const names = winners.map((winner) => {
    const split = winner.conditions.findIndex((condition, index) => condition !== conditions[index]);
    return `"${winner.conditions[split === -1 ? winner.conditions.length - 1 : split] ?? 'default'}"`;
  });
  return `${names.join(' and ')} ${names.length > 1 ? 'come first and always match' : 'comes first and always matches'}`;
}

function winnersOf({ because }: UnreachableEntry): readonly WinningTarget[] {
  return 'winners' in because ? because.winners : [];
}

function winnerEvidence(pattern: string, winner: WinningTarget): EvidenceAt {
  return { role: 'first', text: wayText({ pattern, ...winner }), place: winner.place };
}

function fixOf(entry: UnreachableEntry): { readonly fix?: FixIdea } {
  const condition = entry.conditions.at(-1);
  if (entry.because.kind === 'key') return {};
  if (entry.because.kind === 'contradiction') {
    return { fix: { title: 'remove it, or nest it under only one of the two', edits: [] } };
  }
  return { fix: { title: `move "${condition}" to the front, or remove it`, edits: [] } };
}
