import { availableParallelism } from 'node:os';

/** More of them wait for the main thread. */
const MOST_WORKERS = 3;

/**
 * How many threads read ahead of the main thread.
 *
 * @param wanted by the caller; the default is one less than the processors that this process may use
 */
export function workersFor(wanted: number | undefined): number {
  return wanted ?? Math.min(availableParallelism() - 1, MOST_WORKERS);
}
