/** The source of a pattern for an identifier without escapes (ECMA-262 12.7 IdentifierName). It needs the flag `u`. */
export const NAME = String.raw`[\p{ID_Start}$_][\p{ID_Continue}$\u200c\u200d]*`;
