/** The executor of the inferred targets. */
export const EXECUTOR = '@verify-exports/nx:verify-exports';
