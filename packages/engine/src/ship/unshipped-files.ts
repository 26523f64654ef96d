import { groupBy } from '../collections/group-by.js';
import picomatch from 'picomatch';
import { globTest } from '../read/glob-test.js';
import type { FilePath } from '../model/place.js';
import type { Problem } from '../model/problem.js';
import type { WorkspacePackage } from '../model/workspace.js';
import type { NeededFile, UnshippedFiles } from '../model/shipping.js';
import type { Disk } from '../read/disk.js';
import { isWithin, joinPath, pathWithin } from '../read/file-path.js';

/**
 * Compares what running a project's output needs with the globs of the option `shippedFiles`. The
 * last glob that matches a path decides. A workspace package also ships if its folder in
 * node_modules does, because packagers follow that link.
 *
 * @param isExact the name of a folder does not include the files in it
 */
export function unshippedFiles(
  disk: Disk,
  globs: readonly string[],
  needed: readonly NeededFile[],
  isExact = false,
): { readonly unshipped: readonly UnshippedFiles[]; readonly problems: readonly Problem[] } {
  const matchers = globs.map((glob) => matcherOf(glob, isExact));
  const lacking = needed.flatMap((file) => {
    const matched = spellings(file).map((path) => matchers.findLast(({ matches }) => matches(path)));
    if (matched.some((matcher) => matcher?.adds)) return [];
    return [{ file, glob: matched.find((matcher) => matcher)?.glob }];
  });
  const groups = groupBy(lacking, ({ file, glob }) => JSON.stringify([file.owner.project, glob]));
  const countOf = (owner: WorkspacePackage): number => needed.filter((file) => file.owner === owner).length;
  return {
    unshipped: [...groups.values()].map(([first, ...rest]) => {
      const { owner } = first.file;
      return {
        owner,
        files: [first.file, ...rest.map(({ file }) => file)],
        ...(first.glob !== undefined && { glob: first.glob }),
        whole: rest.length + 1 === countOf(owner),
      };
    }),
    problems: matchers
      .filter((matcher) => matcher.adds && !matchesAnything(disk, matcher))
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

function matcherOf(glob: string, isExact: boolean): Matcher {
  const adds = !glob.startsWith('!');
  const plain = joinPath(adds ? glob : glob.slice(1)).replace(/^\//, '');
  // A folder's name includes everything in it.
  const matches = globTest(isExact ? [plain] : [plain, `${plain}/**`], { dot: true });
  return { glob, adds, plain, matches: plain === '.' ? () => true : (path) => matches(path) };
}

function spellings({ file, owner }: NeededFile): readonly FilePath[] {
  const { name, root } = owner;
  if (name === undefined || !isWithin(root, file)) return [file];
  return [file, joinPath('node_modules', name, pathWithin(root, file))];
}

function matchesAnything(disk: Disk, { plain, matches }: Matcher): boolean {
  const { base } = picomatch.scan(plain);
  const start = joinPath(base);
  if (disk.kindOf(start) === undefined) return false;
  // Installed files are not listed, so it is enough that the folder exists.
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
