/**
 * Source of a regular expression for the text that may be between two tokens: blanks and comments.
 */
export const GAP = String.raw`(?:\s|//[^\n\r\u2028\u2029]*|/\*(?:[^*]|\*(?!/))*\*/)*`;
