/**
 * The entries that add paths to a manifest's `files`, in the style of the entries that it has: a
 * glob of the same folder with the extension of the missing file, single files beside single files,
 * or a folder.
 *
 * @param listed the entries of `files`
 * @param paths relative to the manifest's folder
 */
export function filesEntries(listed: readonly string[], paths: readonly string[]): readonly string[] {
  const kept = listed.filter((entry) => !entry.startsWith('!'));
  const prefix = kept.length > 0 && kept.every((entry) => entry.startsWith('./')) ? './' : '';
  const likeSiblings = paths.map((path) => likeGlob(kept, path));
  if (likeSiblings.every((entry) => entry !== undefined)) return [...new Set(likeSiblings)];
  const onlyFiles =
    kept.length > 0 && kept.every((entry) => /\.[^./*]+$/.test(entry) && !entry.includes('*'));
  if (onlyFiles && paths.length <= MOST_SINGLE_FILES) return paths.map((path) => prefix + path);
  const ending = endingOf(kept);
  return commonPaths(paths).map((path) => prefix + path + (paths.includes(path) ? '' : ending));
}

const MOST_SINGLE_FILES = 5;

/** `dist/x.d.ts` becomes `dist/**\/*.d.ts` beside `dist/**\/*.js`. */
function likeGlob(listed: readonly string[], path: string): string | undefined {
  const extension = /(?:\.d)?\.[^./]+$/.exec(path)?.[0];
  for (const entry of listed) {
    const [, dots = '', folder = '', deep = ''] =
      /^(\.?\/)?((?:[^*/{]+\/)*)(\*\*\/)?\*\.[^*/]+$/.exec(entry) ?? [];
    if (extension === undefined || folder === '' || !path.startsWith(folder)) continue;
    if (deep === '' && path.slice(folder.length).includes('/')) continue;
    return `${dots}${folder}${deep}*${extension}`;
  }
  return undefined;
}

/** What entries for whole folders end with. */
function endingOf(listed: readonly string[]): string {
  const endings = ['/**/*', '/**', '/*', '/'];
  return endings.find((ending) => listed.some((entry) => entry.endsWith(ending))) ?? '';
}

/**
 * The file if there is only one, else the innermost folder with all files, else the outermost
 * folders.
 */
function commonPaths(files: readonly string[]): readonly string[] {
  if (files.length === 1) return files;
  const parts = files.map((file) => file.split('/').slice(0, -1));
  const [first] = parts;
  let shared = 0;
  while (shared < first!.length && parts.every((other) => other[shared] === first![shared])) shared++;
  if (shared > 0) return [first!.slice(0, shared).join('/')];
  return [...new Set(files.map((file) => file.split('/')[0]!))];
}
