import type { Engine, OptionsSchema, VerifyOptions } from '../../engine';
import { EXECUTOR_SCHEMA } from '../../options/schemas';
import type { ExecutorOptions } from '../../options/types';

/**
 * The options of a task, checked: those of the engine, and what the executor does with the report.
 */
export interface ReadOptions {
  readonly verify: VerifyOptions;
  readonly format: NonNullable<ExecutorOptions['format']>;
  readonly outputFile?: string;
  readonly outputFiles: NonNullable<ExecutorOptions['outputFiles']>;
  readonly verbose: boolean;
}

/** Options that Nx itself adds. */
export const NX_OWN = new Set(['_', '$0', '--', '__overrides_unparsed__', '__overrides__']);

/** A wrong option, with its name, so that the message can name the file that sets it. */
export interface WrongOption {
  readonly option: string;
  readonly error: unknown;
}

/**
 * Checks the options that Nx passes. The schema.json accepts every value on purpose: an error of Nx
 * would end a whole batch, and its message names neither the project nor the file.
 */
export function readOptions(
  engine: Engine,
  raw: Readonly<Record<string, unknown>>,
): ReadOptions | WrongOption {
  const schema = schemaOf(engine);
  const verify: Record<string, unknown> = {};
  for (const [option, value] of Object.entries(raw)) {
    if (value === undefined || NX_OWN.has(option)) continue;
    try {
      engine.checkOptions(schema, { [option]: value });
    } catch (error) {
      return { option, error };
    }
    if (Object.hasOwn(engine.OPTIONS_SCHEMA.properties, option)) verify[option] = value;
  }
  const { format = 'text', outputFile, outputFiles = {}, verbose = false } = raw as ExecutorOptions;
  return {
    verify: engine.normalizeOptions(verify),
    format,
    verbose,
    outputFiles,
    ...(outputFile !== undefined && { outputFile }),
  };
}

function schemaOf({ OPTIONS_SCHEMA }: Engine): OptionsSchema {
  return { ...OPTIONS_SCHEMA, properties: { ...OPTIONS_SCHEMA.properties, ...EXECUTOR_SCHEMA.properties } };
}
