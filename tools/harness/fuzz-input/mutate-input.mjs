/** @typedef {import('../../bench/random.mjs').Random} Random */

const HOSTILE = [
  '__proto__', 'constructor', 'toString', '../../../../etc/passwd', '/etc/passwd', 'file:///etc/passwd', '\\\\server\\share',
  'C:\\x', '', ' ', '.', '..', '%', '%00', '\0', '\r\n', '\u2028', '\u202E', '\uD800', '\uFEFF', '$(id)', '${A}', '`', '"', "'", '*/', '-->',
  '</script>', '<![CDATA[', '//', '/*', '*', '**', '{a,b}', '[', '(', '!', '#', '?', '@', 'node:fs', 'data:text/javascript,1', 'a'.repeat(300),
  '*a'.repeat(20), '('.repeat(500), '['.repeat(500), '{'.repeat(500), '{"a":'.repeat(300), '\n'.repeat(50), '999999999999999999999', '-1', 'null', '1e400',
]; // prettier-ignore

/** @param {string} text @param {Random} random */
export function mutateText(text, random) {
  let changed = text;
  for (let times = random.int(1, 4); times > 0; times--) changed = once(changed, random);
  return changed.slice(0, 200_000);
}

function once(text, random) {
  const at = random.int(0, text.length);
  const to = Math.min(text.length, at + random.int(0, random.chance(0.2) ? 200 : 8));
  const kinds = [
    () => text.slice(0, at) + text.slice(to),
    () => text.slice(0, at) + random.pick(HOSTILE) + text.slice(random.chance(0.5) ? at : to),
    () =>
      text.slice(0, at) +
      String.fromCharCode(random.int(0, random.chance(0.8) ? 127 : 65_535)) +
      text.slice(at + 1),
    () => text.slice(0, to) + text.slice(at, to).repeat(random.int(1, 40)) + text.slice(to),
    () => swapTokens(text, random),
    () => replaceString(text, random),
    () => text.replaceAll('\n', random.pick(['\r\n', '\r', ''])),
    () => text.slice(0, at),
    () => random.pick(['', '\uFEFF', 'null', '[]', '0', '"x"', '{}']) + (random.chance(0.5) ? text : ''),
  ];
  return random.pick(kinds)();
}

function swapTokens(text, random) {
  const tokens = text.split(/(\b|\s+|[{}()[\];,:"'])/);
  const [a, b] = [random.int(0, tokens.length - 1), random.int(0, tokens.length - 1)];
  [tokens[a], tokens[b]] = [tokens[b], tokens[a]];
  return tokens.join('');
}

function replaceString(text, random) {
  const strings = [...text.matchAll(/(["'])(?:(?!\1|\n).)*\1/g)];
  if (strings.length === 0) return text;
  const { 0: whole, 1: quote, index } = random.pick(strings);
  const other = random.chance(0.5) ? random.pick(HOSTILE) : random.pick(strings)[0].slice(1, -1);
  const written = random.chance(0.7) ? JSON.stringify(other).slice(1, -1) : other;
  return text.slice(0, index) + quote + written + quote + text.slice(index + whole.length);
}

/** Changes the structure of JSON-like data. @param {Random} random */
export function mutateData(data, random, depth = 0) {
  if (random.chance(0.15))
    return random.pick([null, 0, -1, true, '', [], {}, [[]], { __proto__: null }, random.pick(HOSTILE)]);
  if (Array.isArray(data)) {
    const items = data.map((item) => (random.chance(0.4) ? mutateData(item, random, depth + 1) : item));
    return random.chance(0.2) ? [...items, ...items, random.pick(HOSTILE)] : items;
  }
  if (typeof data === 'object' && data !== null) {
    const entries = Object.entries(data).map(([key, value]) => [
      random.chance(0.1) ? random.pick(HOSTILE) : key,
      random.chance(0.4) ? mutateData(value, random, depth + 1) : value,
    ]);
    if (random.chance(0.15)) entries.push([random.pick(HOSTILE), depth < 3 ? data : 1]);
    return Object.fromEntries(random.chance(0.1) ? entries.toReversed() : entries);
  }
  return typeof data === 'string' && random.chance(0.5) ? mutateText(data, random) : random.pick(HOSTILE);
}
