import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join, relative } from 'node:path';

/** The files of a workspace: path → content. */
export type TextFiles = ReadonlyMap<string, string>;

/** A text in sections: prose, then one section for each `-- name --` line. */
export interface TextSections {
  readonly head: string;
  /** After `-- path crlf --` the lines of the section end in CRLF. */
  readonly files: TextFiles;
  /**
   * Sections `-- broken path --`: how a file reads after a change. Undefined if the section is
   * empty: the file is deleted.
   */
  readonly broken: ReadonlyMap<string, string | undefined>;
}

const HEADING = /^-- (broken )?(\S+)( crlf)? --$/;

/** Reads the `-- path --` notation, in which every test workspace is written. */
export function parseTextSections(text: string): TextSections {
  const [head, files, broken] = [[] as string[], new Map<string, string>(), new Map<string, string>()];
  let write = (line: string): void => void head.push(line);
  for (const line of text.replace(/\n$/, '').split('\n')) {
    const heading = HEADING.exec(line);
    if (heading) {
      const [, change, path, crlf] = heading;
      const [into, name, newline] = [change ? broken : files, path!, crlf ? '\r\n' : '\n'];
      into.set(name, '');
      write = (content) => void into.set(name, into.get(name)! + content + newline);
    } else write(line);
  }
  return {
    head: head.join('\n').trim(),
    files,
    broken: new Map([...broken].map(([path, content]) => [path, content === '' ? undefined : content])),
  };
}

/** The files of the `-- path --` notation. */
export function parseTextFiles(text: string): TextFiles {
  return parseTextSections(text).files;
}

/**
 * The same notation on a Markdown page: fenced blocks with a path after the language, such as ```js
 * packages/a/index.js
 */
export function parseFencedFiles(page: string): TextFiles {
  const blocks = page.matchAll(/^```\w+ (\S+)\n([\s\S]*?)^```$/gm);
  return parseTextFiles([...blocks].map(([, path, content]) => `-- ${path} --\n${content}`).join(''));
}

/** A workspace on disk. `dispose` removes it. */
export interface DiskWorkspace {
  readonly root: string;
  [Symbol.dispose](): void;
}

/**
 * Writes files to a temporary folder inside `parent` and links every package inside `packages/` into the root's
 * node_modules, as a package manager does. Adds a root package.json with `packages/*` if the files
 * have none.
 */
export function writeWorkspace(files: TextFiles, parent = tmpdir()): DiskWorkspace {
  const root = mkdtempSync(join(parent, 'verify-exports-'));
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
