import type { Engine } from '../../engine';
import { readOptions } from '../verify-exports/executor-options';

/** The options of the executor as a workspace writes them; see schema.json for what each is for. */
export interface WatchExecutorOptions {
  readonly all?: boolean;
  readonly verbose?: boolean;
}

export type ReadWatchOptions = Required<WatchExecutorOptions>;

const KNOWN = ['all', 'verbose'];

/** Checks options as Nx hands them over. @throws VerifyError that names the option */
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
      `The option "${foreign}" is none of watching, which knows ${KNOWN.join(' and ')}.`,
      'Set it for the verify-exports target, whose options hold here, too.',
    );
  return { all, verbose: read.verbose };
}
