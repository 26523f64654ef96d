import type { FilePath } from './place.js';

/**
 * Why something could not be judged: broken input, a missing build, a wrong option. Never a finding: a finding is a
 * broken promise between packages, a problem is about the input of the check itself.
 */
export interface Problem {
  readonly kind: ProblemKind;
  /** What is wrong, in one sentence that names the file. */
  readonly message: string;
  /** The way out, as an instruction. */
  readonly remedy: string;
  readonly file?: FilePath;
  /** Counted from 1, where a position is known. */
  readonly line?: number;
  readonly column?: number;
}

export type ProblemKind =
  | 'invalid-manifest'
  | 'invalid-exports'
  | 'invalid-tsconfig'
  | 'missing-build'
  | 'unreadable'
  | 'unknown-project'
  | 'invalid-option'
  | 'no-manifest';

/** A problem that ends the work at hand; callers turn it into an exit status of 2. */
export class VerifyError extends Error {
  override readonly name = 'VerifyError';
  readonly problem: Problem;

  constructor(problem: Problem) {
    super(`${problem.message} ${problem.remedy}`);
    this.problem = problem;
  }
}

/** Tells a VerifyError also where the module was loaded twice, so that `instanceof` fails. */
export function isVerifyError(error: unknown): error is VerifyError {
  return error instanceof Error && error.name === 'VerifyError' && 'problem' in error;
}
