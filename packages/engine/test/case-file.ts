import type { ProjectInput } from '../src/model/workspace.js';
import { parseFencedFiles, parseTextSections } from './text-workspace.js';
import type { TextFiles, TextSections } from './text-workspace.js';

/** A test workspace as text: the case of a rule, a planted break, or an example on a page. */
export interface Case {
  /** The first sentence of the head. */
  readonly title: string;
  readonly files: TextFiles;
  /** The files after the change that the `broken` sections describe. Absent if there are none. */
  readonly broken?: TextFiles;
  /**
   * Section `expected`: what is printed, or the rules that report the break. Absent until it was
   * written.
   */
  readonly expected?: string;
  /** Section `proof`: what a real tool runs, and what it says once the workspace is broken. */
  readonly proof?: Proof;
  /**
   * Section `projects.json`: the projects as a caller lists them, with outputs and build commands.
   */
  readonly projects?: readonly ProjectInput[];
  /** Section `options.json`: the options of every project, as a user writes them. */
  readonly options?: object;
}

/** In a case: the command on the first line, then `fails with <part of the message>`. */
export interface Proof {
  readonly command: string;
  readonly failure?: string;
}

/** Sections that are not files of the workspace. */
const RESERVED = new Set(['expected', 'proof', 'projects.json', 'options.json']);

/** Reads the text of a case. */
export function parseCase(text: string): Case {
  return caseOf(parseTextSections(text));
}

/** Reads the fenced blocks of a page, or of one section of it, as a case. */
export function parsePageCase(page: string): Case {
  return caseOf({ head: '', files: parseFencedFiles(page), broken: new Map() });
}

function caseOf({ head, files, broken }: TextSections): Case {
  const workspace = new Map([...files].filter(([path]) => !RESERVED.has(path)));
  const [expected, proof, projects, options] = [...RESERVED].map((section) => files.get(section));
  return {
    title: /^[^]*?[.?!](?=\s|$)/.exec(head)?.[0].replaceAll(/\s+/g, ' ') ?? head,
    files: workspace,
    ...(broken.size > 0 && { broken: changed(workspace, broken) }),
    ...(expected !== undefined && { expected }),
    ...(proof !== undefined && { proof: proofOf(proof) }),
    ...(projects !== undefined && { projects: JSON.parse(projects) as readonly ProjectInput[] }),
    ...(options !== undefined && { options: JSON.parse(options) as object }),
  };
}

function proofOf(section: string): Proof {
  const [command = '', failure] = section.trim().split(/\nfails with /);
  return { command, ...(failure !== undefined && { failure }) };
}

function changed(files: TextFiles, broken: TextSections['broken']): TextFiles {
  const after = new Map(files);
  for (const [path, content] of broken) {
    if (content === undefined) after.delete(path);
    else after.set(path, content);
  }
  return after;
}
