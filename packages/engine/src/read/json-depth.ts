/** Beyond this, the tree of a text would overflow the call stack of whatever walks it. Real manifests have fewer than 20 levels. */
export const DEEPEST_JSON = 100;

/** Whether objects and arrays of a JSON text lie inside each other beyond `DEEPEST_JSON`. Linear, and without a call stack. */
export function isDeepJson(text: string): boolean {
  if (text.length <= DEEPEST_JSON) return false;
  let depth = 0;
  for (const [token] of text.matchAll(/"(?:[^"\\]|\\.)*"|[[\]{}]/gs)) {
    if (token === '{' || token === '[') depth++;
    else if (token === '}' || token === ']') depth--;
    if (depth > DEEPEST_JSON) return true;
  }
  return false;
}
