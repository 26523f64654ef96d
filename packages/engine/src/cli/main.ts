import { Command, CommanderError, Option } from 'commander';
import { describeFormat, engineVersion, FORMAT_NAMES, isVerifyError } from '../index.js';
import { affectedByCommand } from './commands/affected-by.js';
import { baselineCommand } from './commands/baseline.js';
import { changesCommand } from './commands/changes.js';
import { checkCommand } from './commands/check.js';
import { explainCommand } from './commands/explain.js';
import { fixCommand } from './commands/fix.js';
import { inventoryCommand } from './commands/inventory.js';
import { reportCommand } from './commands/report.js';
import { surfaceCommand } from './commands/surface.js';
import { processIo } from './io.js';
import type { Io } from './io.js';

/** What a command returns: 0 pass, 1 findings, 2 could not check or a wrong command. */
export type Status = 0 | 1 | 2;

/**
 * Runs the command line.
 *
 * @param args the arguments after the name of the program
 * @returns the exit status; errors are printed, not thrown
 */
export async function main(args: readonly string[], io: Io = processIo()): Promise<Status> {
  let status: Status = 0;
  const program = programFor(io, (result) => (status = result));
  try {
    await program.parseAsync(args, { from: 'user' });
    return status;
  } catch (error) {
    if (error instanceof CommanderError) return error.exitCode === 0 ? 0 : 2;
    io.stderr.write(`${errorText(error)}\n`);
    return 2;
  }
}

function errorText(error: unknown): string {
  if (isVerifyError(error)) {
    const { file, message, remedy } = error.problem;
    return `${file === undefined ? '' : `${file} - `}could not check: ${message}\n    remedy   ${remedy}`;
  }
  const details = error instanceof Error ? (error.stack ?? error.message) : String(error);
  return `verify-exports failed with an internal error. Please report it.\n${details}`;
}

const FORMAT_HELP = `Output format, or format=file; can be given several times.\n${FORMAT_NAMES.map((name) => `  ${name.padEnd(9)} ${describeFormat(name)}`).join('\n')}`;

const EXAMPLES = `
Examples:
  verify-exports                                   check the whole workspace
  verify-exports check @acme/api packages/web      check two packages
  verify-exports check --since origin/main         check what changed, and what depends on it
  verify-exports check --format github --format sarif=verify-exports.sarif
  verify-exports explain @acme/monitoring setRequestContext
  verify-exports explain VE201

Exit status: 0 if everything passes, 1 if there is an error, 2 if something could not be checked.
`;

function programFor(io: Io, finish: (status: Status) => void): Command {
  const program = new Command('verify-exports');
  program
    .description(
      'Checks that the built packages of a workspace export what other packages import from them. Build first.',
    )
    .version(engineVersion(), '-V, --version')
    .exitOverride()
    .configureOutput({
      writeOut: (text) => io.stdout.write(text),
      writeErr: (text) => io.stderr.write(text),
      getOutHelpWidth: () => io.stdout.columns ?? 100,
      getOutHasColors: () => false,
      getErrHasColors: () => false,
    })
    .showSuggestionAfterError()
    .addHelpText('after', EXAMPLES);

  program
    .command('check', { isDefault: true })
    .summary('check packages (the default command)')
    .description('Checks packages: all of the workspace, or those that you name.')
    .argument('[packages...]', 'names or folders of packages')
    .option('--filter <globs...>', 'only packages whose name or folder matches; ! excludes')
    .option('--since <ref>', 'only packages that changed since a git ref, and those that depend on them')
    .addOption(formatOption())
    .option('--output <file>', 'write the format without a file to this file')
    .option('--json', 'the same as --format json')
    .option('--strict', 'also fail on what static analysis cannot determine')
    .option('--conditions <names...>', 'conditions that consumers set, as with node --conditions')
    .option('--load', 'load every entry point in a process of its own (runs the code of the packages)')
    .option('--write-reports', 'write the report of each package to .verify-exports, for `report`')
    .option('--verbose', 'also print unknowns and every affected place')
    .action(async (packages: readonly string[], options: object) => {
      finish(await checkCommand(io, { packages, ...options }));
    });

  program
    .command('report')
    .summary('merge the reports of many tasks into one')
    .description(
      'Merges the reports in .verify-exports, cached ones included, into one. It lists each breakage once.',
    )
    .addOption(formatOption())
    .option('--output <file>', 'write the format without a file to this file')
    .option('--json', 'the same as --format json')
    .option('--verbose', 'also print unknowns and every affected place')
    .action((options: object) => finish(reportCommand(io, options)));

  program
    .command('explain')
    .summary('explain an entry point, an exported name or a rule')
    .description(
      'Explains how an entry point resolves, where an exported name comes from and who imports it, or a rule.',
    )
    .argument('<subject>', 'a package, an entry point such as @acme/a/testing, or a rule such as VE201')
    .argument('[name]', 'an exported name')
    .option('--json', 'print the facts as JSON')
    .action(async (subject: string, name: string | undefined, options: object) => {
      finish(await explainCommand(io, { subject, ...(name !== undefined && { name }), ...options }));
    });

  program
    .command('inventory')
    .summary('list what packages export')
    .description(
      'Lists every exported name with its kind, whether it is available, where it is declared, and how many files import it. Fails if a name that the workspace imports is missing.',
    )
    .argument('[packages...]', 'names or folders of packages; all by default')
    .option('--load', 'load every entry point as well (runs the code of the packages)')
    .option('--json', 'print the facts as JSON')
    .action(async (packages: readonly string[], options: object) => {
      finish(await inventoryCommand(io, { packages, ...options }));
    });

  program
    .command('affected-by')
    .summary('list who a change of a package can break')
    .description(
      'Lists the files, projects, bundles and images that a change of a package, or of one of its names, can break.',
    )
    .argument('<subject>', 'a package, or a package and a name: @acme/a#name')
    .option('--json', 'print the facts as JSON')
    .action(async (subject: string, options: object) => {
      finish(await affectedByCommand(io, { subject, ...options }));
    });

  program
    .command('surface')
    .summary('record what packages export, for reviews')
    .description(
      'Writes exports.surface.txt for each published package, or for those that you name. Later checks compare with it.',
    )
    .argument('[packages...]', 'names or folders of packages')
    .option('--check', 'write nothing, and fail if a file is out of date')
    .action(async (packages: readonly string[], options: object) => {
      finish(await surfaceCommand(io, { packages, ...options }));
    });

  program
    .command('changes')
    .summary('compare packages with an earlier version')
    .description(
      'Compares what packages export with an earlier version. Fails if a change breaks consumers and the planned version does not allow that.',
    )
    .argument('[packages...]', 'names or folders of packages; all published ones by default')
    .option(
      '--against <version>',
      'surface (the committed files), published, npm:<version>, a tarball, or a git ref',
      'surface',
    )
    .option('--build <command>', 'builds the workspace at a git ref without committed surface files')
    .option('--json', 'print the facts as JSON')
    .action(async (packages: readonly string[], options: { readonly against: string }) => {
      finish(await changesCommand(io, { packages, ...options }));
    });

  program
    .command('fix')
    .summary('apply the fixes of findings')
    .description('Applies the fixes that findings propose. Build and check again afterwards.')
    .argument('[packages...]', 'names or folders of packages; all by default')
    .option('--rule <rules...>', 'only findings of these rules, by code or name')
    .option('--dry-run', 'print the changes and write nothing')
    .action(async (packages: readonly string[], options: object) => {
      finish(await fixCommand(io, { packages, ...options }));
    });

  program
    .command('baseline')
    .summary('accept the current findings, so that only new ones fail')
    .description(
      'Writes the current errors and warnings of each package to verify-exports.baseline.json in its folder.',
    )
    .argument('[packages...]', 'names or folders of packages; all by default')
    .option('--reason <text>', 'the reason of new entries')
    .option('--prune', 'only remove entries that match no finding')
    .action(async (packages: readonly string[], options: object) => {
      finish(await baselineCommand(io, { packages, ...options }));
    });
  return program;
}

function formatOption(): Option {
  return new Option('--format <format>', FORMAT_HELP).argParser(
    (value: string, earlier: readonly string[] | undefined) => [...(earlier ?? []), value],
  );
}
