import type { Engine } from '../../engine';
import { readOptions } from '../verify-exports/executor-options';

/** The options of the executor as a workspace sets them; schema.json describes each one. */
export interface WatchExecutorOptions {
  readonly all?: boolean;
  readonly verbose?: boolean;
}

export type ReadWatchOptions = Required<WatchExecutorOptions>;

const KNOWN = ['all', 'verbose'];

/** Checks the options that Nx passes. @throws VerifyError that names the option */
export function readWatchOptions(
  engine: Engine,
  { all = false, ...others }: Readonly<Record<string, unknown>>,
): ReadWatchOptions {
  const invalid = (message: string, remedy: string) =>
    new engine.VerifyError({ kind: 'invalid-option', message, remedy });
  if (typeof all !== 'boolean')
    throw invalid(`The option "all" is ${JSON.stringify(all)}.`, 'Use true or false.');
  const read = readOptions(engine, others);
  if ('error' in read) throw read.error;
  const foreign = Object.keys(read.verify)[0] ?? Object.keys(others).find((name) => name === 'format');
  if (foreign !== undefined)
    throw invalid(
      `The option "${foreign}" is not an option of the watch target. Its options are ${KNOWN.join(' and ')}.`,
      'Set it for the verify-exports target. The watch target uses its options.',
    );
  return { all, verbose: read.verbose };
}
