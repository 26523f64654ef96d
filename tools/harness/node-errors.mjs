/** The codes of errors with which Node says that it does not find what a specifier names. */
export const RESOLUTION_ERRORS = new Set([
  'ERR_MODULE_NOT_FOUND',
  'MODULE_NOT_FOUND',
  'ERR_PACKAGE_PATH_NOT_EXPORTED',
  'ERR_UNSUPPORTED_DIR_IMPORT',
  'ERR_INVALID_PACKAGE_TARGET',
  'ERR_INVALID_MODULE_SPECIFIER',
  'ERR_PACKAGE_IMPORT_NOT_DEFINED',
]);

/** Whether an error says that a module does not export an imported name. @param {string} kind @param {string} message */
export function isLinkError(kind, message) {
  return (
    kind === 'SyntaxError' &&
    /does not provide an export|Named export|conflicting star exports|ambiguous|Detected cycle/.test(message)
  );
}
