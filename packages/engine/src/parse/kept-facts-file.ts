import { hash } from 'node:crypto';

/** What is known about one file: the hash of its text, and JSON by the kind of fact. */
export interface KeptFile {
  readonly textHash: string;
  /** Identifies the file with this text without reading it; empty if nothing does. */
  signature: string;
  readonly facts: Map<string, KeptFact>;
}

/** JSON, or where it is in the bytes of a file of facts. Most facts are never read. */
export type KeptFact = string | { readonly bytes: Buffer; readonly start: number; readonly end: number };

type Index = readonly [name: string, textHash: string, signature: string, ...sizes: (string | number)[]][];

const NEWLINE = 10;

/**
 * Writes facts about the files of one group.
 *
 * The first line identifies the group and the engine, and has a hash of everything after it. The
 * second line lists the files and the sizes of their facts. The facts follow.
 *
 * @param key of the group and of the engine: with another key, the bytes cannot be read
 */
export function writeFacts(key: string, files: ReadonlyMap<string, KeptFile>): Buffer {
  const index: (string | number)[][] = [];
  const body: Buffer[] = [];
  for (const [name, { textHash, signature, facts }] of files) {
    const entry: (string | number)[] = [name, textHash, signature];
    for (const [kind, fact] of facts) {
      const bytes = typeof fact === 'string' ? Buffer.from(fact) : fact.bytes.subarray(fact.start, fact.end);
      entry.push(kind, bytes.length);
      body.push(bytes);
    }
    index.push(entry);
  }
  const rest = Buffer.concat([Buffer.from(`${JSON.stringify(index)}\n`), ...body]);
  return Buffer.concat([Buffer.from(headerOf(key, rest)), rest]);
}

/** @returns undefined if the bytes are not exactly what `writeFacts` wrote for this key */
export function readFacts(key: string, bytes: Buffer): Map<string, KeptFile> | undefined {
  const start = bytes.indexOf(NEWLINE) + 1;
  const rest = bytes.subarray(start);
  if (bytes.toString('latin1', 0, start) !== headerOf(key, rest)) return undefined;
  const bodyStart = bytes.indexOf(NEWLINE, start) + 1;
  const index = JSON.parse(bytes.toString('utf8', start, bodyStart)) as Index;
  const files = new Map<string, KeptFile>();
  let offset = bodyStart;
  for (const [name, textHash, signature, ...sizes] of index) {
    const facts = new Map<string, KeptFact>();
    for (let i = 0; i < sizes.length; i += 2) {
      const end = offset + (sizes[i + 1] as number);
      facts.set(sizes[i] as string, { bytes, start: offset, end });
      offset = end;
    }
    files.set(name, { textHash, signature, facts });
  }
  return files;
}

export function jsonOf(fact: KeptFact): string {
  return typeof fact === 'string' ? fact : fact.bytes.toString('utf8', fact.start, fact.end);
}

function headerOf(key: string, rest: Buffer): string {
  return `${key} ${hash('sha256', rest, 'hex')}\n`;
}
