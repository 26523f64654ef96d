import picomatch from 'picomatch';
import type { FilePath } from '../model/place.js';
import type { Problem } from '../model/problem.js';
import type { WorkspacePackage } from '../model/workspace.js';
import type { Lens } from '../lens.js';
import { isWithin, joinPath, pathWithin } from '../read/file-path.js';
import type { NeededFile } from './needed-files.js';

/**
 * One reason why needed files are not among those that the option `shippedFiles` names; all of one
 * package.
 */
export interface UnshippedFiles {
  /** The glob that excludes them; absent if no glob includes them. */
  readonly glob?: string;
  readonly owner: WorkspacePackage;
  readonly files: readonly [NeededFile, ...NeededFile[]];
  readonly whole: boolean;
}

/**
 * Compares the files that a project's output needs with the globs of the option `shippedFiles`. The
 * last glob that matches a path decides. A workspace package also ships with its folder in
 * node_modules, because packagers follow that link.
 */
export function unshippedFiles(
  lens: Lens,
  globs: readonly string[],
  needed: readonly NeededFile[],
): { readonly unshipped: readonly UnshippedFiles[]; readonly problems: readonly Problem[] } {
  const matchers = globs.map(matcherOf);
  const groups = new Map<
    string,
    { glob?: string; owner: WorkspacePackage; files: [NeededFile, ...NeededFile[]] }
  >();
  for (const file of needed) {
    const verdicts = spellings(file).map((path) => matchers.findLast(({ matches }) => matches(path)));
    if (verdicts.some((verdict) => verdict?.adds)) continue;
    const glob = verdicts.find((verdict) => verdict)?.glob;
    const key = JSON.stringify([file.owner.project, glob]);
    const known = groups.get(key);
    if (known) known.files.push(file);
    else groups.set(key, { owner: file.owner, files: [file], ...(glob !== undefined && { glob }) });
  }
  const countOf = (owner: WorkspacePackage): number => needed.filter((file) => file.owner === owner).length;
  return {
    unshipped: [...groups.values()].map((group) => ({
      ...group,
      whole: group.files.length === countOf(group.owner),
    })),
    problems: matchers
      .filter((matcher) => matcher.adds && !matchesAnything(lens, matcher))
      .map(({ glob }) => idle(glob)),
  };
}

interface Matcher {
  readonly glob: string;
  readonly adds: boolean;
  /** Without `!` and `./`. */
  readonly plain: string;
  matches(path: string): boolean;
}

function matcherOf(glob: string): Matcher {
  const adds = !glob.startsWith('!');
  const plain = joinPath(adds ? glob : glob.slice(1)).replace(/^\//, '');
  // The name of a folder includes all files in it.
  const matches = picomatch([plain, `${plain}/**`], { dot: true });
  return { glob, adds, plain, matches: plain === '.' ? () => true : (path) => matches(path) };
}

function spellings({ file, owner }: NeededFile): readonly FilePath[] {
  const { name, root } = owner;
  if (name === undefined || !isWithin(root, file)) return [file];
  return [file, joinPath('node_modules', name, pathWithin(root, file))];
}

function matchesAnything(lens: Lens, { plain, matches }: Matcher): boolean {
  const { disk } = lens.run;
  const { base } = picomatch.scan(plain);
  const start = joinPath(base);
  if (disk.kindOf(start) === undefined) return false;
  // What is installed is not listed; that the folder is there must do.
  if (start.split('/').includes('node_modules') || plain.includes('node_modules')) return true;
  return disk.isFile(start) || disk.listFiles(start).some(matches);
}

function idle(glob: string): Problem {
  return {
    kind: 'invalid-option',
    message: `The glob "${glob}" of the option "shippedFiles" matches no file.`,
    remedy: 'Write globs relative to the workspace root. If they match built files, build first.',
  };
}
