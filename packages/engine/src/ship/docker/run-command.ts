/** Commands that prepare a system and leave no file of the workspace behind. */
const HARMLESS = new Set(
  'addgroup adduser apk apt apt-get cd chmod chown corepack dnf echo exit export false groupadd groupmod hash id ls mkdir microdnf printf pwd rm set setcap sleep test touch true type unset update-ca-certificates useradd usermod which whoami yum ['.split(
    ' ',
  ),
);

const MANAGERS = new Set(['npm', 'pnpm', 'yarn', 'bun']);
/** Commands of package managers that neither install nor run anything. */
const MANAGER_CHORES = new Set([
  'cache',
  'config',
  'set',
  'prune',
  'store',
  'fetch',
  '-v',
  '--version',
  'pm',
]);
const INSTALLS = new Set(['ci', 'install', 'i', 'add', 'clean-install', '--frozen-lockfile', 'workspaces']);

/**
 * What a RUN may leave in the image: no file of the workspace, what a package manager installs, or
 * anything.
 */
export function classifyRun(command: string): 'nothing' | 'install' | 'build' {
  if (command.includes('<<') || /[`]|\$\(/.test(command)) return 'build';
  let result: 'nothing' | 'install' = 'nothing';
  for (const part of command.split(/&&|\|\||[;|\n]/)) {
    const words = part
      .trim()
      .split(/\s+/)
      .filter(
        (word) => word !== '' && !/^\w+=/.test(word) && word !== 'sudo' && word !== '(' && word !== ')',
      );
    const [program, ...rest] = words;
    if (program === undefined || program.startsWith('#') || HARMLESS.has(program)) continue;
    if (rest[0] === '--version' || rest[0] === '-v') continue;
    if (!MANAGERS.has(program)) return 'build';
    const verb = rest.find((word) => !word.startsWith('-') || word === '--frozen-lockfile');
    if (verb === undefined ? program === 'yarn' : INSTALLS.has(verb)) result = 'install';
    else if (verb !== undefined && !MANAGER_CHORES.has(verb)) return 'build';
  }
  return result;
}

/** What runs a script or tool of the workspace. */
const RUNNERS = new Set([...MANAGERS, 'npx', 'pnpx', 'bunx', 'nx', 'turbo', 'lerna', 'tsc']);
/**
 * Words under which such a program does not build in place: it puts packages elsewhere, or installs
 * elsewhere or otherwise.
 */
const MOVES =
  /^(deploy|pack|prune|prune-lockfile|copy-workspace-modules|isolate|link|unlink|-C|--dir|--prefix|--cwd|--install-links|--install-strategy|--modules-folder|--shamefully-hoist|--node-linker)(=|$)/;

/**
 * Whether a RUN keeps the links that a package manager created. It prepares a system, or installs
 * or builds in place, and does not move or copy anything itself. The scripts that it starts are
 * unknown and count as a build.
 */
export function buildsInPlace(command: string): boolean {
  if (command.includes('<<') || /[`]|\$\(/.test(command)) return false;
  return command.split(/&&|\|\||[;|\n]/).every((part) => {
    const words = part
      .trim()
      .split(/\s+/)
      .filter((word) => word !== '' && !/^\w+=/.test(word) && word !== 'sudo');
    const [program, ...rest] = words;
    if (program === undefined || program.startsWith('#')) return true;
    if (program === 'cd') return false;
    if (HARMLESS.has(program)) return program !== 'rm' || !rest.some((word) => /node_modules/.test(word));
    const prunesOnly = MANAGERS.has(program) && rest[0] === 'prune';
    return RUNNERS.has(program) && (prunesOnly || !rest.some((word) => MOVES.test(word)));
  });
}
