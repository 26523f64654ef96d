/**
 * The message for a project that could not be checked at all: what is wrong, in which file, and the
 * remedy. It contains a stack only if the fault is in this plugin.
 *
 * @param source the file with the fault, if the error does not name one itself
 */
export function couldNotCheck(project: string, error: unknown, source?: string): string {
  return `${explanation(error, source)}\n\n✖ ${project}: not checked`;
}

function explanation(error: unknown, source: string | undefined): string {
  const problem = problemOf(error);
  if (!problem)
    return `verify-exports failed with an internal error. Please report it.\n${error instanceof Error ? error.stack : String(error)}`;
  const file = problem.file ?? source;
  return `${file === undefined ? '' : `${file} - `}could not check: ${problem.message}\n    remedy   ${problem.remedy}`;
}

/** Recognised by its shape, because the engine itself may have failed to load. */
function problemOf(error: unknown): { message: string; remedy: string; file?: string } | undefined {
  const isProblem = error instanceof Error && error.name === 'VerifyError' && 'problem' in error;
  return isProblem ? (error.problem as { message: string; remedy: string; file?: string }) : undefined;
}
