import type { Engine, VerifyOptions } from '../../engine';

/** What is printed. `github`: the text, and a workflow command of GitHub Actions for each finding. */
export type Format = (typeof FORMATS)[number];

const FORMATS = ['text', 'json', 'github'] as const;

/** The options of the executor as a workspace writes them; see schema.json for what each is for. */
export interface ExecutorOptions extends VerifyOptions {
  readonly buildTarget?: string;
  readonly format?: Format;
  readonly outputFile?: string;
  readonly verbose?: boolean;
}

/** The same, checked: what the engine is told, and what the executor does with the report. */
export interface ReadOptions {
  readonly verify: VerifyOptions;
  readonly format: Format;
  readonly outputFile?: string;
  readonly verbose: boolean;
}

/** What an option that is not the engine's must look like. */
const OWN: Readonly<Record<string, { readonly fits: (value: unknown) => boolean; readonly remedy: string }>> =
  {
    buildTarget: { fits: isName, remedy: 'Use the name of the target that builds the package.' },
    format: {
      fits: (value) => FORMATS.some((format) => format === value),
      remedy: 'Use "text", "json" or "github".',
    },
    outputFile: { fits: isName, remedy: 'Use a path relative to the workspace root.' },
    verbose: { fits: (value) => typeof value === 'boolean', remedy: 'Use true or false.' },
  };

/** What Nx itself puts beside the options. */
const NX_OWN = new Set(['_', '$0', '--', '__overrides_unparsed__', '__overrides__']);

/** A wrong option, with its name, so that the file it stands in can be told. */
export interface WrongOption {
  readonly option: string;
  readonly error: unknown;
}

/**
 * Checks options as Nx hands them over. The schema leaves that to us on purpose: what Nx rejects ends a whole batch, and its
 * message names neither project nor file.
 */
export function readOptions(
  engine: Engine,
  raw: Readonly<Record<string, unknown>>,
): ReadOptions | WrongOption {
  let verify: VerifyOptions = {};
  for (const [option, value] of Object.entries(raw)) {
    if (value === undefined || NX_OWN.has(option)) continue;
    try {
      const own = Object.hasOwn(OWN, option) ? OWN[option] : undefined;
      if (!own) verify = { ...verify, ...engine.normalizeOptions({ [option]: value }) };
      else if (!own.fits(value)) throw wrongValue(engine, option, value, own.remedy);
    } catch (error) {
      return { option, error };
    }
  }
  const { format, outputFile, verbose } = raw as ExecutorOptions;
  return {
    verify,
    format: format ?? 'text',
    verbose: verbose ?? false,
    ...(outputFile !== undefined && { outputFile }),
  };
}

function wrongValue({ VerifyError }: Engine, option: string, value: unknown, remedy: string): Error {
  const message = `The option "${option}" is ${JSON.stringify(value)}.`;
  return new VerifyError({ kind: 'invalid-option', message, remedy });
}

function isName(value: unknown): boolean {
  return typeof value === 'string' && value !== '';
}
