/** Finds the end of a text in quotes. It ends with its line, whatever quote is missing. */
export function endOfString(text: string, start: number, mayBreak: boolean): number {
  const quote = text.charCodeAt(start);
  let at = start + 1;
  for (; at < text.length; at++) {
    const code = text.charCodeAt(at);
    if (code === quote || (code === 10 && !mayBreak)) break;
    if (code === 92) at++;
  }
  return at + 1;
}

/** Finds the end of a regular expression, without its flags. */
export function endOfRegularExpression(text: string, start: number): number {
  let inClass = false;
  let at = start + 1;
  for (; at < text.length; at++) {
    const code = text.charCodeAt(at);
    if (code === 10) break;
    if (code === 92) at++;
    else if (code === 91) inClass = true;
    else if (code === 93) inClass = false;
    else if (code === 47 && !inClass) break;
  }
  return at + 1;
}

/** Finds the backtick that ends a template, or the `$` of its next expression. */
export function endOfTemplateText(text: string, start: number): number {
  let at = start;
  for (; at < text.length; at++) {
    const code = text.charCodeAt(at);
    if (code === 92) at++;
    else if (code === 96 || (code === 36 && text.charCodeAt(at + 1) === 123)) break;
  }
  return at;
}

/** Finds the place behind the next occurrence of a text, or the end. */
export function endOf(text: string, end: string, from: number): number {
  const found = text.indexOf(end, from);
  return found === -1 ? text.length : found + end.length;
}
