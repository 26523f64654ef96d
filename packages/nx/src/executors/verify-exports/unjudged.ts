/**
 * The message for a project that could not be judged at all: what is wrong, in which file, and the way out. A stack only where
 * the fault is ours.
 *
 * @param source the file that the fault stands in, where the error does not name one itself
 */
export function unjudged(project: string, error: unknown, source?: string): string {
  return `${explanation(error, source)}\n\n✖ ${project}: not judged`;
}

function explanation(error: unknown, source: string | undefined): string {
  const problem = problemOf(error);
  if (!problem)
    return `verify-exports failed; please report this.\n${error instanceof Error ? error.stack : String(error)}`;
  const file = problem.file ?? source;
  return `${file === undefined ? '' : `${file} - `}could not check: ${problem.message}\n    remedy   ${problem.remedy}`;
}

/** Told by its shape, so that an engine that failed to load needs no engine to be explained. */
function problemOf(error: unknown): { message: string; remedy: string; file?: string } | undefined {
  const isProblem = error instanceof Error && error.name === 'VerifyError' && 'problem' in error;
  return isProblem ? (error.problem as { message: string; remedy: string; file?: string }) : undefined;
}
