/**
 * Characters that change what a terminal, an editor or a web page shows around them: the control
 * characters C0 and C1 (ECMA-48), line and paragraph separators, and the marks that reverse the
 * direction of text (https://trojansource.codes), and halves of surrogate pairs, which no encoding can
 * write.
 */
const UNPRINTABLE = /[\p{Cc}\p{Cs}\u061C\u200E\u200F\u2028-\u202E\u2066-\u2069\uFEFF]/gu;

/**
 * The text with each such character written as an escape, so that a name or a path cannot forge a
 * line of output.
 */
export function printable(text: string): string {
  return text.replace(UNPRINTABLE, (character) => ESCAPES[character] ?? unicodeEscape(character));
}

/**
 * The same for a JSON text. Its escapes keep the data as they are, so only characters are escaped that
 * `JSON.stringify` writes as they are.
 */
export function printableJson(json: string): string {
  return json.replace(UNPRINTABLE, (character) =>
    character === '\n' ? character : unicodeEscape(character),
  );
}

const ESCAPES: Readonly<Record<string, string>> = { '\n': '\\n', '\r': '\\r', '\t': '\\t' };

function unicodeEscape(character: string): string {
  return `\\u${character.charCodeAt(0).toString(16).padStart(4, '0').toUpperCase()}`;
}

/** JSON-safe data with every text in it made printable. Keys stay as they are. */
export function printableData<T>(data: T): T {
  if (typeof data === 'string') return printable(data) as T;
  if (Array.isArray(data)) return data.map((item: unknown) => printableData(item)) as T;
  if (typeof data !== 'object' || data === null) return data;
  return Object.fromEntries(
    Object.entries(data).map(([key, value]) => [key, printableData<unknown>(value)]),
  ) as T;
}
