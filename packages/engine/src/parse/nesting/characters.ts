/** What a character of ASCII begins. */
export const enum Sort {
  Sign,
  Word,
  Blank,
  Line,
}

export const SORT = new Uint8Array(128);
for (let code = 0; code < 128; code++) if (/[\w$]/.test(String.fromCharCode(code))) SORT[code] = Sort.Word;
SORT[9] = SORT[32] = Sort.Blank;
SORT[10] = SORT[13] = Sort.Line;

/** Whether the name of an element can begin with a character. */
export function beginsName(code: number): boolean {
  return code === 36 || (code < 128 && SORT[code] === Sort.Word && (code < 48 || code > 57));
}
