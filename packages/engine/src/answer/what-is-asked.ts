import type { Demand, EntryFailure } from '../model/demand.js';

/** Only resolves, or loads as well? */
export function loads(demand: Demand): boolean {
  return !['url', 'meta-resolve', 'require-resolve', 'reference', 'augmentation'].includes(demand.form);
}

/** The kind of breakage that a way in which leads nowhere is. */
export function ruleOfFailure(
  entry: EntryFailure,
): 'unexported-subpath' | 'unresolved-condition' | 'entry-file-missing' {
  if (entry.outcome === 'not-listed' || entry.outcome === 'blocked') return 'unexported-subpath';
  if (entry.outcome === 'no-condition') return 'unresolved-condition';
  return 'entry-file-missing';
}
