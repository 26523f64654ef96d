import { normalizeOptions } from '../src/report/normalize-options.js';
import type { VerifyOptions } from '../src/model/options.js';
import type { ProjectInput } from '../src/model/workspace.js';
import { parseTextFiles } from './text-workspace.js';
import type { TextFiles } from './text-workspace.js';

/** A rule's case: a workspace as text and what a person would see of it. */
export interface Case {
  readonly files: TextFiles;
  /** What `renderAll` gives; absent until it was written. */
  readonly expected?: string;
  /** From a section `projects.json`: the projects as a caller tells them, with outputs and build commands. */
  readonly projects?: readonly ProjectInput[];
  /** From a section `options.json`: the options of every project. */
  readonly options?: VerifyOptions;
}

/** The first sentence of a case, on one line. */
export function titleOf(text: string): string {
  const [sentence] = /^[^]+?\.(?=\s)/.exec(text) ?? [];
  if (sentence === undefined) throw new Error('A case begins with a sentence that is its title.');
  return sentence.replace(/\s+/g, ' ');
}

/** Reads a case's text. Three sections are no files of the workspace: `projects.json`, `options.json` and `expected`. */
export function parseCase(text: string): Case {
  const files = new Map(parseTextFiles(text));
  const take = (section: string): string | undefined => {
    const content = files.get(section);
    files.delete(section);
    return content;
  };
  const [expected, projects, options] = ['expected', 'projects.json', 'options.json'].map(take);
  return {
    files,
    ...(expected !== undefined && { expected }),
    ...(projects !== undefined && { projects: JSON.parse(projects) as readonly ProjectInput[] }),
    ...(options !== undefined && { options: normalizeOptions(JSON.parse(options)) }),
  };
}
