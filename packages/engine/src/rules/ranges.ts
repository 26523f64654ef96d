/**
 * The ranges of rule codes and their subjects. Codes are permanent, so a rule never moves to
 * another range. The README's list is made from these lines.
 */
export const RANGES = {
  VE1xx: "the package's own manifest and entry points",
  VE2xx: 'imports between packages',
  VE3xx: 'what the output loads and what ships',
  VE4xx: 'behaviour when loaded',
  VE5xx: 'change over time, compared with a baseline',
  VE9xx: 'unknowns: what static analysis cannot determine',
} as const;

export type CodeRange = keyof typeof RANGES;

/** Permanent, never reused. */
export type RuleCode = `VE${1 | 2 | 3 | 4 | 5 | 9}${number}`;

/** The range that a code belongs to. */
export function rangeOf(code: RuleCode): CodeRange {
  const range = Object.keys(RANGES).find((name): name is CodeRange => name === `${code.slice(0, 3)}xx`);
  if (range === undefined) throw new Error(`${code} belongs to no range.`);
  return range;
}
