import { VerifyError } from '../model/problem.js';
import type { FilePath, Place } from '../model/place.js';
import type { NameKind, PackageSurface, SurfaceEntry, SurfaceName } from '../model/package-surface.js';

const KINDS: ReadonlySet<string> = new Set<NameKind>([
  'function',
  'class',
  'object',
  'const',
  'enum',
  'namespace',
  'type',
  'value',
]);

/**
 * A surface as the text of its file: one name in each line, in a stable order, made for reviews.
 *
 *     version 1.2.0
 *     engines node >=20
 *     peer react ^19.0.0
 *
 *     entry . [import require types]
 *       formatError function
 *       onlyEsm const (not require)
 */
export function renderSurface({ package: name, version, engines, peers, entries }: PackageSurface): string {
  const head = [
    `# What ${name} exports. \`verify-exports surface\` writes this file.`,
    '# A removed or changed line breaks those who use it, so review it like an API.',
    '',
    ...(version === undefined ? [] : [`version ${version}`]),
    ...sortedEntries(engines).map(([engine, range]) => `engines ${engine} ${range}`),
    ...sortedEntries(peers).map(
      ([peer, { range, optional }]) => `peer ${peer} ${range}${optional ? ' (optional)' : ''}`,
    ),
  ];
  const blocks = entries.map(({ subpath, consumers, names, open }) =>
    [
      `entry ${encoded(subpath)} [${consumers.join(' ')}]${open ? ' (incomplete)' : ''}`,
      ...names.map(nameLine),
    ].join('\n'),
  );
  return `${[head.join('\n'), ...blocks].join('\n\n')}\n`;
}

function nameLine({ name, kind, missingFor = [] }: SurfaceName): string {
  const missing = missingFor.length > 0 ? ` (not ${missingFor.join(' ')})` : '';
  return `  ${encoded(name)} ${kind}${missing}`;
}

function sortedEntries<T>(record: Readonly<Record<string, T>>): readonly (readonly [string, T])[] {
  return Object.entries(record).toSorted(([a], [b]) => (a < b ? -1 : 1));
}

/** Names of exports can be any string (ECMA-262, ModuleExportName). */
function encoded(text: string): string {
  return /^[^\s"()[\]#]+$/.test(text) ? text : JSON.stringify(text);
}

/** A recorded surface, with the places of its lines. */
export interface RecordedSurface {
  readonly surface: PackageSurface;
  /** The place of an entry point's line, of a name's line, or of the line of an engine or peer. */
  placeOf(key: RecordKey): Place;
}

export type RecordKey =
  | { readonly subpath: string; readonly name?: string }
  | { readonly field: 'engines' | 'peerDependencies'; readonly name: string };

/**
 * Reads a surface file.
 *
 * @throws VerifyError `invalid-surface` that names the file and the first line that is wrong
 */
export function parseSurface(file: FilePath, text: string, packageName: string): RecordedSurface {
  const places = new Map<string, Place>();
  let version: string | undefined;
  const engines: Record<string, string> = {};
  const peers: Record<string, { range: string; optional?: true }> = {};
  const entries: { subpath: string; consumers: string[]; names: SurfaceName[]; open?: true }[] = [];
  let start = 0;
  for (const [index, line] of text.split('\n').entries()) {
    const place = {
      file,
      start: start + line.length - line.trimStart().length,
      end: start + line.trimEnd().length,
    };
    start += line.length + 1;
    const words = (index === 0 ? line.replace(/^\uFEFF/, '') : line).trimEnd();
    if (words.trim() === '' || words.startsWith('#')) continue;
    const parsed = lineOf(words);
    if (!parsed) throw invalid(file, index + 1);
    if (parsed.type === 'version') version = parsed.version;
    else if (parsed.type === 'engines') {
      set(engines, parsed.name, parsed.range);
      places.set(keyOf({ field: 'engines', name: parsed.name }), place);
    } else if (parsed.type === 'peer') {
      set(peers, parsed.name, { range: parsed.range, ...(parsed.optional && { optional: true as const }) });
      places.set(keyOf({ field: 'peerDependencies', name: parsed.name }), place);
    } else if (parsed.type === 'entry') {
      const { subpath, consumers, open } = parsed;
      entries.push({ subpath, consumers, names: [], ...(open && { open }) });
      places.set(keyOf({ subpath }), place);
    } else {
      const entry = entries.at(-1);
      if (!entry) throw invalid(file, index + 1);
      entry.names.push(parsed.name);
      places.set(keyOf({ subpath: entry.subpath, name: parsed.name.name }), place);
    }
  }
  const none = { file, start: 0, end: 0 };
  const surface: PackageSurface = {
    package: packageName,
    ...(version !== undefined && { version }),
    engines,
    peers,
    entries: entries satisfies readonly SurfaceEntry[],
  };
  return { surface, placeOf: (key) => places.get(keyOf(key)) ?? none };
}

function set<T>(record: Record<string, T>, key: string, value: T): void {
  Object.defineProperty(record, key, { value, enumerable: true, configurable: true, writable: true });
}

function keyOf(key: RecordKey): string {
  return JSON.stringify('field' in key ? [key.field, key.name] : [key.subpath, key.name ?? null]);
}

type Line =
  | { readonly type: 'version'; readonly version: string }
  | { readonly type: 'engines'; readonly name: string; readonly range: string }
  | { readonly type: 'peer'; readonly name: string; readonly range: string; readonly optional: boolean }
  | { readonly type: 'entry'; readonly subpath: string; readonly consumers: string[]; readonly open?: true }
  | { readonly type: 'name'; readonly name: SurfaceName };

const WORD = String.raw`("(?:[^"\\]|\\.)*"|[^\s"()[\]#]+)`;
const VERSION = /^version (\S+)$/;
const ENGINES = /^engines (\S+) (.+)$/;
const PEER = /^peer (\S+) (.+?)( \(optional\))?$/;
const ENTRY = new RegExp(String.raw`^entry ${WORD} \[([^\]]*)\]( \(incomplete\))?$`);
const NAME_LINE = new RegExp(String.raw`^ {2}${WORD} (\w+)(?: \(not ([^)]*)\))?$`);

function lineOf(line: string): Line | undefined {
  const version = VERSION.exec(line)?.[1];
  if (version !== undefined) return { type: 'version', version };
  const engines = ENGINES.exec(line);
  if (engines) return { type: 'engines', name: engines[1]!, range: engines[2]! };
  const peer = PEER.exec(line);
  if (peer) return { type: 'peer', name: peer[1]!, range: peer[2]!, optional: peer[3] !== undefined };
  const entry = ENTRY.exec(line);
  if (entry) {
    const subpath = decoded(entry[1]!);
    const consumers = entry[2]!.split(' ').filter(Boolean);
    return subpath === undefined
      ? undefined
      : { type: 'entry', subpath, consumers, ...(entry[3] !== undefined && { open: true as const }) };
  }
  const [, word, kind, missing] = NAME_LINE.exec(line) ?? [];
  const name = word === undefined ? undefined : decoded(word);
  if (name === undefined || kind === undefined || !KINDS.has(kind)) return undefined;
  const missingFor = missing?.split(' ').filter(Boolean);
  return { type: 'name', name: { name, kind: kind as NameKind, ...(missingFor && { missingFor }) } };
}

function decoded(word: string): string | undefined {
  if (!word.startsWith('"')) return word;
  try {
    return JSON.parse(word) as string;
  } catch {
    return undefined;
  }
}

function invalid(file: FilePath, line: number): VerifyError {
  return new VerifyError({
    kind: 'invalid-surface',
    message: `${file} has a line that is not part of the format.`,
    remedy: 'Restore the line, or write the file again with `verify-exports surface`.',
    file,
    line,
    column: 1,
  });
}
