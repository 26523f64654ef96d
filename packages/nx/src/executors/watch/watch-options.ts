import type { Engine } from '../../engine';
import { EXECUTOR_SCHEMA, WATCH_SCHEMA } from '../../options/schemas';
import type { WatchExecutorOptions } from '../../options/types';
import { NX_OWN } from '../verify-exports/executor-options';

export type ReadWatchOptions = WatchExecutorOptions & Required<Omit<WatchExecutorOptions, 'sarif'>>;

/** Checks the options that Nx passes. @throws VerifyError that names the option */
export function readWatchOptions(engine: Engine, raw: Readonly<Record<string, unknown>>): ReadWatchOptions {
  const given = Object.fromEntries(
    Object.entries(raw).filter(([option, value]) => value !== undefined && !NX_OWN.has(option)),
  );
  const foreign = Object.keys(given).find((option) => isForeign(engine, option));
  if (foreign !== undefined)
    throw new engine.VerifyError({
      kind: 'invalid-option',
      message: `The watch target has no option "${foreign}".`,
      remedy: 'Set it for the verify-exports target. The watch target uses it, too.',
    });
  engine.checkOptions(WATCH_SCHEMA, given);
  const { all = false, verbose = false, sarif } = given as WatchExecutorOptions;
  return { all, verbose, ...(sarif !== undefined && { sarif }) };
}

/** Whether only the verify-exports target has the option. */
function isForeign({ OPTIONS_SCHEMA }: Engine, option: string): boolean {
  if (Object.hasOwn(WATCH_SCHEMA.properties, option)) return false;
  return [OPTIONS_SCHEMA, EXECUTOR_SCHEMA].some(({ properties }) => Object.hasOwn(properties, option));
}
