import type { FilePath } from './place.js';
import { printable } from './printable.js';

/**
 * Why something could not be checked: invalid input, a missing build or a wrong option. A problem
 * is about the input of the check, so it is never a finding.
 */
export interface Problem {
  readonly kind: ProblemKind;
  /** What is wrong, in one sentence that names the file. */
  readonly message: string;
  /** How to solve the problem, as an instruction. */
  readonly remedy: string;
  readonly file?: FilePath;
  /** Counts from 1; absent if the position is unknown. */
  readonly line?: number;
  readonly column?: number;
}

export type ProblemKind =
  | 'invalid-manifest'
  | 'invalid-exports'
  | 'invalid-tsconfig'
  | 'invalid-baseline'
  | 'invalid-surface'
  | 'missing-build'
  | 'unreadable'
  | 'unknown-project'
  | 'invalid-option'
  | 'no-manifest';

/** A problem that ends the current work. Callers turn it into the exit status 2. */
export class VerifyError extends Error {
  override readonly name = 'VerifyError';
  readonly problem: Problem;

  constructor(problem: Problem) {
    const [message, remedy] = [printable(problem.message), printable(problem.remedy)];
    super(`${message} ${remedy}`);
    this.problem = { ...problem, message, remedy };
  }
}

/** Recognises a VerifyError even if the module was loaded twice and `instanceof` fails. */
export function isVerifyError(error: unknown): error is VerifyError {
  return error instanceof Error && error.name === 'VerifyError' && 'problem' in error;
}
