import { existsSync, readFileSync, readdirSync, statSync } from 'node:fs';
import { join, posix } from 'node:path';

/**
 * The files that `docker build` copies from its context into an image, by the Dockerfile and the ignore file. Implements Docker's
 * documentation for the few instructions in the examples, independently of the engine.
 *
 * @returns the context's folder, and the files to copy: `from` below the context, `to` below the image's working folder
 */
export function imageFiles(root, application) {
  const dockerfile = readFileSync(join(root, application, 'Dockerfile'), 'utf8');
  // The first line says in which folder the command runs: `# docker build -f tsc/app/Dockerfile .`
  const context = /^# docker build -f \S+ \.$/m.test(dockerfile) ? root : join(root, application);
  const ignoreFile = [join(root, application, 'Dockerfile.dockerignore'), join(context, '.dockerignore')];
  const ignored = ignoreTest(
    ignoreFile.filter((file) => existsSync(file)).map((file) => readFileSync(file, 'utf8'))[0],
  );
  const files = [];
  for (const [, args] of dockerfile.matchAll(/^COPY (.+)$/gm)) {
    const paths = args.trim().split(/\s+/);
    const to = paths.pop() ?? '';
    for (const path of paths) copy(path, to.endsWith('/') ? posix.join(to, posix.basename(path)) : to);
  }
  return { context, files };

  /** Supports only the glob `name*`, which allows that a file is absent. */
  function copy(written, to) {
    const path = written.replace(/\*$/, '');
    if (!existsSync(join(context, path)) || ignored(path)) return;
    if (statSync(join(context, path)).isFile()) {
      files.push({
        from: path,
        to: to.startsWith('/usr/share/nginx/html')
          ? posix.join('dist', posix.relative('/usr/share/nginx/html', to))
          : to,
      });
      return;
    }
    for (const name of readdirSync(join(context, path))) copy(posix.join(path, name), posix.join(to, name));
  }
}

/** The last matching pattern decides. Everything inside an ignored folder is ignored. */
function ignoreTest(text = '') {
  const rules = text
    .split('\n')
    .map((line) => line.trim())
    .filter((line) => line && !line.startsWith('#'))
    .map((line) => ({ keep: line.startsWith('!'), regex: patternOf(line.replace(/^!/, '')) }));
  return (path) => {
    let ignored = false;
    for (const { keep, regex } of rules) if (regex.test(path)) ignored = !keep;
    return ignored;
  };
}

function patternOf(glob) {
  const clean = posix.normalize(glob).replace(/^\//, '').replace(/\/$/, '');
  const body = clean
    .split(/(\*\*\/|\*\*|\*|\?)/)
    .map((part) => WILD[part] ?? part.replace(/[.+^${}()|[\]\\]/g, '\\$&'))
    .join('');
  return new RegExp(`^${body}(/.*)?$`);
}

const WILD = { '**/': '(.*/)?', '**': '.*', '*': '[^/]*', '?': '[^/]' };
