import { existsSync, readFileSync, readdirSync, statSync } from 'node:fs';
import { join, posix } from 'node:path';

/**
 * What `docker build` would copy from its context into an image, by the text of the Dockerfile and of the ignore file: written
 * from Docker's documentation for the few instructions that the examples use, apart from what the engine does.
 *
 * @returns the context's folder, and the files to copy: `from` below the context, `to` below the image's working folder
 */
export function imageFiles(root, application) {
  const dockerfile = readFileSync(join(root, application, 'Dockerfile'), 'utf8');
  // The first line tells where it is meant to be started: `# docker build -f tsc/app/Dockerfile .`
  const context = /^# docker build -f \S+ \.$/m.test(dockerfile) ? root : join(root, application);
  const ignoreFile = [join(root, application, 'Dockerfile.dockerignore'), join(context, '.dockerignore')];
  const ignored = ignoreTest(
    ignoreFile.filter((file) => existsSync(file)).map((file) => readFileSync(file, 'utf8'))[0],
  );
  const files = [];
  for (const [, args] of dockerfile.matchAll(/^COPY (.+)$/gm)) {
    const paths = args.trim().split(/\s+/);
    const to = paths.pop();
    for (const path of paths) copy(path, to.endsWith('/') ? posix.join(to, posix.basename(path)) : to);
  }
  return { context, files };

  /** Of globs there is `name*` only, the way to say that a file may be absent. */
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

/** Patterns in order, the last that matches decides; what lies below an ignored folder is ignored with it. */
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
