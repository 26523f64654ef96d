/**
 * Docker's ignore file as its documentation and source describe it, written a second time for
 * tests: each pattern becomes a regular expression, and a walk from the top passes down what
 * matched. It is slow and simple on purpose.
 */
export function keptByDocker(ignoreFile: string, paths: readonly string[]): readonly string[] {
  const patterns = ignoreFile
    .split('\n')
    .filter((line) => !line.startsWith('#') && line.trim() !== '')
    .map((line) => line.trim())
    .map((line) => ({ except: line.startsWith('!'), regexp: regexpOf(line.replace(/^!/, '').trim()) }));
  const decide = (path: string): { ignored: boolean; matched: boolean[] } => {
    const cut = path.lastIndexOf('/');
    const above = cut < 0 ? undefined : decide(path.slice(0, cut));
    let ignored = false;
    const matched: boolean[] = [];
    for (const [index, { except, regexp }] of patterns.entries()) {
      let match = above?.matched[index] ?? false;
      if (!match && except === ignored) match = regexp.test(path);
      matched.push(match);
      if (match) ignored = !except;
    }
    return { ignored, matched };
  };
  return paths.filter((path) => !decide(path).ignored);
}

function regexpOf(pattern: string): RegExp {
  const segments = pattern.split('/').filter((segment) => segment !== '' && segment !== '.');
  const source = segments
    .map((segment, index) => {
      const isLast = index === segments.length - 1;
      if (segment === '**') return isLast ? '.*' : '(?:.*/)?';
      const text = segment
        .replace(/[.+^${}()|\\]/g, '\\$&')
        .replaceAll('*', '[^/]*')
        .replaceAll('?', '[^/]');
      return isLast ? text : `${text}/`;
    })
    .join('');
  return new RegExp(`^${source}$`);
}
