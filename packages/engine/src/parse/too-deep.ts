/**
 * Reads something from a tree. A tree can be nested so deeply that functions which walk it reach
 * the end of the stack, or so large that the parser cannot hand it over to JavaScript.
 *
 * @returns `otherwise` for such a tree
 */
export function orTooDeep<T>(read: () => T, otherwise: T): T {
  try {
    return read();
  } catch (error) {
    if (error instanceof RangeError || isNativeFailure(error)) return otherwise;
    throw error;
  }
}

export function isNativeFailure(error: unknown): boolean {
  return error instanceof Error && 'code' in error && error.code === 'GenericFailure';
}
