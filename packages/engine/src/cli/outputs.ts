import { appendFileSync } from 'node:fs';
import { resolve } from 'node:path';
import {
  FORMAT_NAMES,
  hasColor,
  hasLinks,
  isFormatName,
  renderMarkdown,
  renderReport,
  sourceReader,
  VerifyError,
  writeWhole,
} from '../index.js';
import type { FormatName, MergedReport, RenderOptions, TextOptions } from '../index.js';
import type { Io } from './io.js';

/** One rendering of a report, to a file or to standard output. */
export interface Output {
  readonly format: FormatName;
  /** As written by the user. */
  readonly file?: string;
}

/**
 * The outputs that the options name: `--format sarif=report.sarif --format text`. `--output` is the
 * file of the only format without one.
 *
 * @throws VerifyError for an unknown format, or two formats for standard output
 */
export function outputsOf(formats: readonly string[], output: string | undefined): readonly Output[] {
  const given = (formats.length > 0 ? formats : ['text']).map(outputOf);
  const open = given.filter(({ file }) => file === undefined);
  if (open.length > 1)
    throw wrong(
      `Two formats have no file: ${open.map(({ format }) => format).join(' and ')}.`,
      'Write a file after all but one of them, such as --format sarif=report.sarif.',
    );
  if (output === undefined) return given;
  if (open.length === 0)
    throw wrong('--output has no format to write.', 'Remove it, or add a --format without a file.');
  return given.map((each) => (each.file === undefined ? { ...each, file: output } : each));
}

function outputOf(text: string): Output {
  const [format = '', ...rest] = text.split('=');
  if (!isFormatName(format))
    throw wrong(`"${format}" is not a format.`, `Formats: ${FORMAT_NAMES.join(', ')}.`);
  const file = rest.join('=');
  if (rest.length > 0 && file === '')
    throw wrong(`"${text}" names no file.`, `Write --format ${format}=<file>.`);
  return { format, ...(file !== '' && { file }) };
}

export interface WriteOptions {
  readonly root: string;
  readonly verbose: boolean;
}

/**
 * Writes a report to its outputs. In a job of GitHub Actions, the format `github` adds a summary to
 * the job as well.
 *
 * @throws VerifyError that names a file that cannot be written
 */
export function writeOutputs(
  outputs: readonly Output[],
  report: MergedReport,
  io: Io,
  { root, verbose }: WriteOptions,
): void {
  const plain: RenderOptions = { verbose, readText: sourceReader(root) };
  for (const { format, file } of outputs) {
    if (file !== undefined) writeFile(io.cwd, file, renderReport(format, report, plain));
    else io.stdout.write(renderReport(format, report, { ...plain, ...lookOf(io, root) }));
  }
  const summary = io.env['GITHUB_STEP_SUMMARY'];
  if (summary && outputs.some(({ format }) => format === 'github')) {
    try {
      appendFileSync(summary, `${renderMarkdown(report, { limit: SUMMARY_LIMIT })}\n`);
    } catch (error) {
      throw unwritable(summary, error);
    }
  }
}

/** https://docs.github.com/actions: a job summary has at most 1 MiB; other steps may write to it too. */
const SUMMARY_LIMIT = 256 * 1024;

/** How text looks on the terminal of a command. */
export function lookOf(io: Io, root: string): TextOptions {
  const { isTTY, columns } = io.stdout;
  const color = hasColor(io.env, isTTY);
  return {
    color,
    links: hasLinks(io.env, isTTY),
    ...(color && { frames: { readText: sourceReader(root), width: columns ?? DEFAULT_WIDTH } }),
  };
}

const DEFAULT_WIDTH = 100;

function writeFile(cwd: string, file: string, text: string): void {
  try {
    writeWhole(resolve(cwd, file), text);
  } catch (error) {
    throw unwritable(file, error);
  }
}

function unwritable(file: string, error: unknown): VerifyError {
  const reason = error instanceof Error ? error.message : String(error);
  return wrong(`${file} cannot be written: ${reason}.`, 'Use a path that can be written.');
}

function wrong(message: string, remedy: string): VerifyError {
  return new VerifyError({ kind: 'invalid-option', message, remedy });
}
