import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join, relative } from 'node:path';

/**
 * Files of a workspace written as one text: `-- path --` lines, each followed by the file's content. After `-- path crlf --`
 * the file's lines end in CRLF.
 */
export type TextFiles = ReadonlyMap<string, string>;

const HEADING = /^-- (\S+)( crlf)? --$/;

/** Parses the `-- path --` notation. Text before the first heading is prose and left out. */
export function parseTextFiles(text: string): TextFiles {
  const files = new Map<string, string>();
  let current: string | undefined;
  let lines: string[] = [];
  let newline = '\n';
  const close = (): void => {
    if (current !== undefined) files.set(current, lines.map((line) => line + newline).join(''));
    lines = [];
  };
  for (const line of text.replace(/\n$/, '').split('\n')) {
    const heading = HEADING.exec(line);
    if (heading) {
      close();
      current = heading[1]!;
      newline = heading[2] ? '\r\n' : '\n';
    } else if (current !== undefined) lines.push(line);
  }
  close();
  return files;
}

/** A workspace on disk, made from text, gone with `dispose`. */
export interface DiskWorkspace {
  readonly root: string;
  [Symbol.dispose](): void;
}

/**
 * Writes files to a temporary folder and links every package below `packages/` into the root's node_modules, as a package
 * manager does. A root package.json with `packages/*` is added unless there is one.
 */
export function writeWorkspace(files: TextFiles): DiskWorkspace {
  const root = mkdtempSync(join(tmpdir(), 'verify-exports-'));
  const all = new Map(files);
  if (!all.has('package.json'))
    all.set('package.json', '{ "private": true, "workspaces": ["packages/*"] }\n');
  for (const [path, text] of all) {
    mkdirSync(dirname(join(root, path)), { recursive: true });
    writeFileSync(join(root, path), text);
  }
  for (const [path, text] of all) linkPackage(root, path, text);
  return { root, [Symbol.dispose]: () => rmSync(root, { recursive: true, force: true }) };
}

function linkPackage(root: string, path: string, text: string): void {
  if (!/^(packages|libs|apps)\/[^/]+\/package\.json$/.test(path)) return;
  const name = /"name":\s*"([^"]+)"/.exec(text)?.[1];
  if (name === undefined) return;
  const link = join(root, 'node_modules', name);
  mkdirSync(dirname(link), { recursive: true });
  symlinkSync(relative(dirname(link), join(root, dirname(path))), link, 'junction');
}
