import type { ModuleRecord } from '../src/model/module-record.js';
import type { Span } from '../src/model/place.js';

/**
 * What is wrong with a record, compared with its text: every position must be that of the item,
 * every index must refer to an item. It is for tests of code that creates records, and empty for a
 * valid record.
 */
export function checkRecord(record: ModuleRecord, text: string): string[] {
  const wrong: string[] = [];
  const at = ({ start, end }: Span) => text.slice(start, end);
  const expectName = (what: string, name: string, span: Span) => {
    if (!isWrittenAs(at(span), name)) wrong.push(`${what} "${name}" at ${span.start}: ${at(span)}`);
  };
  for (const request of record.requests) {
    const quoted = at(request);
    const bare = request.form === 'reference' ? request.specifier.replace(/^\.\//, '') : request.specifier;
    if (
      !/^(["'`])[\s\S]*\1$/.test(quoted) ||
      !(unescaped(quoted) === bare || unescaped(quoted) === request.specifier)
    ) {
      wrong.push(`specifier "${request.specifier}" at ${request.start}: ${quoted}`);
    }
    for (const name of request.names) if (name.via !== 'default') expectName('name', name.name, name);
  }
  const entries = [...record.exports, ...record.ambientModules.flatMap(({ exports }) => exports)];
  for (const entry of entries) {
    if ('request' in entry && !record.requests[entry.request ?? 0]) wrong.push(`no request ${entry.request}`);
    if (entry.kind === 'assignment')
      for (const member of entry.members) expectName('member', member.name, member);
    else if (entry.kind !== 'star' && entry.name !== 'default') expectName('export', entry.name, entry);
  }
  for (const local of [...record.locals, ...record.ambientModules.flatMap(({ locals }) => locals)]) {
    expectName('local', local.name, local);
    for (const member of local.members ?? []) expectName('member', member.name, member);
  }
  for (const ambient of record.ambientModules) expectName('ambient module', ambient.specifier, ambient);
  for (const assigned of record.commonjs?.assigned ?? []) {
    if (assigned.name !== '__esModule') expectName('assigned', assigned.name, assigned);
  }
  for (const [index, { start }] of record.requests.entries()) {
    if (start < (record.requests[index - 1]?.start ?? 0)) wrong.push(`requests are out of order at ${index}`);
  }
  return wrong;
}

/** A name as written: plain, quoted, or with escapes. */
function isWrittenAs(text: string, name: string): boolean {
  return text === name || (/^["'`]/.test(text) && unescaped(text) === name) || decoded(text) === name;
}

function unescaped(quoted: string): string {
  return decoded(quoted.slice(1, -1));
}

function decoded(text: string): string {
  return text.replace(
    /\\(?:u\{([\da-f]+)\}|u([\da-f]{4})|x([\da-f]{2})|(.))/gis,
    (_, ...[point, unit, byte, other]: string[]) => {
      const code = point ?? unit ?? byte;
      return code === undefined ? (other ?? '') : String.fromCodePoint(Number.parseInt(code, 16));
    },
  );
}

/**
 * Reads a text and variants of it that must mean the same (a byte order mark, CRLF, characters
 * outside of the basic plane before the code). Returns what is wrong with their records,
 * differences in meaning included.
 */
export function checkText(text: string, read: (text: string) => ModuleRecord): string[] {
  const astral = text.startsWith('#!') || /^\s*(?:---|\{|\[)/.test(text) ? text : `/* \u{1F600} */ ${text}`;
  const variants = { plain: text, bom: `\uFEFF${text}`, crlf: text.replaceAll('\n', '\r\n'), astral };
  const meaning = withoutPlaces(read(text));
  return Object.entries(variants).flatMap(([kind, variant]) => {
    const record = read(variant);
    const wrong = checkRecord(record, variant);
    // Template literals contain the line breaks themselves, so only the description of them may
    // differ.
    if (withoutPlaces(record) !== meaning) wrong.push(`means something else: ${withoutPlaces(record)}`);
    return wrong.map((message) => `${kind}: ${message}`);
  });
}

function withoutPlaces(record: ModuleRecord): string {
  return JSON.stringify(record, (key, value: unknown) =>
    key === 'start' || key === 'end' ? undefined : value,
  );
}
