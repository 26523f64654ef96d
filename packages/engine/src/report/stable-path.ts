/** Eight characters that bundlers write before the extension, or a longer hexadecimal number. */
const HASH = /([-.~])(?:([0-9a-f]{8,64})|([\w-]{8}))(?=(?:\.[a-z]+)+$)/i;

/**
 * A path or specifier without the hash of the file's content, which is another one after each rebuild:
 * `dist/chunk-B7x_Q2aZ.js` gives `dist/chunk-*.js`. Words such as `-settings.js` are kept.
 */
export function withoutContentHash(path: string): string {
  return path.replace(HASH, (whole, before: string, hex?: string, other?: string) => {
    const isHash = hex === undefined ? other !== undefined && looksRandom(other) : /\d/.test(hex);
    return isHash ? `${before}*` : whole;
  });
}

function looksRandom(text: string): boolean {
  if (/^[A-Z2-7]{8}$/.test(text)) return true;
  if (/[-_]/.test(text) && !/[A-Z]/.test(text)) return false;
  return /\d/.test(text) ? /[a-z]/i.test(text) : /[a-z]/.test(text) && /[A-Z]/.test(text.slice(1));
}
