/** Commands that prepare a system and leave no file of the workspace behind. */
const HARMLESS = new Set(
  'addgroup adduser apk apt apt-get cd chmod chown corepack dnf echo exit export false groupadd groupmod hash id ls mkdir microdnf printf pwd rm set setcap sleep test touch true type unset update-ca-certificates useradd usermod which whoami yum ['.split(
    ' ',
  ),
);

const MANAGERS = new Set(['npm', 'pnpm', 'yarn', 'bun']);
/** Commands of package managers that neither install nor run anything. */
const MANAGER_CHORES = new Set(['cache', 'config', 'set', 'store', 'fetch', '-v', '--version', 'pm']);
const INSTALLS = new Set(['ci', 'install', 'i', 'add', 'clean-install', '--frozen-lockfile', 'workspaces']);

/**
 * What a RUN may leave in the image: no file of the workspace, what a package manager installs or
 * does not remove, or anything.
 */
export function classifyRun(command: string): 'nothing' | 'install' | 'prune' | 'build' {
  if (command.includes('<<') || /[`]|\$\(/.test(command)) return 'build';
  let result: 'nothing' | 'install' | 'prune' = 'nothing';
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
    if (verb === 'prune') result = result === 'install' ? result : 'prune';
    else if (verb === undefined ? program === 'yarn' : INSTALLS.has(verb)) result = 'install';
    else if (verb !== undefined && !MANAGER_CHORES.has(verb)) return 'build';
  }
  return result;
}

/** What one command of a package manager does to the installed packages. */
export interface PackageCommand {
  readonly kind: 'install' | 'prune' | 'other';
  /** It leaves out, or removes, the packages that are only for development. */
  readonly production: boolean;
  /** It also installs packages that its arguments name. */
  readonly named: boolean;
}

/**
 * The commands of package managers in a RUN, in their order. Global installs are left out, because
 * no program finds these packages by name.
 */
export function packageCommands(command: string, inProduction: boolean): readonly PackageCommand[] {
  return command.split(/&&|\|\||[;|\n]/).flatMap((part) => {
    const words = part
      .trim()
      .split(/\s+/)
      .filter((word) => word !== '' && word !== 'sudo');
    const start = words.findIndex((word) => !/^\w+=/.test(word));
    const program = words[start];
    if (program === undefined || !MANAGERS.has(program)) return [];
    const rest = words.slice(start + 1);
    if (rest.some((word) => word === '-g' || word === '--global' || word === 'global')) return [];
    const verb = rest.find((word) => !word.startsWith('-') || word === '--frozen-lockfile');
    const kind =
      verb === 'prune'
        ? 'prune'
        : (verb === undefined ? program === 'yarn' : INSTALLS.has(verb))
          ? 'install'
          : 'other';
    // pnpm and newer versions of yarn do not always follow the variable.
    const byVariable =
      program === 'npm' && (inProduction || words.slice(0, start).includes('NODE_ENV=production'));
    const text = rest.join(' ');
    const included = /--include[= ]dev\b|--production[= ]false|--prod[= ]false|--dev\b/.test(text);
    const stated = /--omit[= ]dev\b|--only[= ]prod(?:uction)?\b|--prod(?:uction)?\b|(?:^| )-P\b/.test(text);
    const others = rest.filter((word) => !word.startsWith('-') && word !== verb);
    return {
      kind,
      production: !included && (stated || byVariable),
      named: kind === 'install' && others.some((word) => !/^(dev|prod|production|true|false)$/.test(word)),
    };
  });
}

/** `pnpm deploy`: a copy of one package with the packages that its manifest lists. */
export interface Deployment {
  /** The value of `--filter`. */
  readonly filter: string;
  readonly production: boolean;
  /** As written. */
  readonly folder: string;
  readonly command: string;
}

/** The commands `pnpm deploy` of a RUN that name one package and the target folder. */
export function deployments(command: string): readonly Deployment[] {
  return command.split(/&&|\|\||[;|\n]/).flatMap((part) => {
    const words = part.trim().split(/\s+/);
    const start = words.findIndex((word) => !/^\w+=/.test(word));
    const rest = words.slice(start + 1);
    const at = rest.indexOf('deploy');
    if (words[start] !== 'pnpm' || at < 0) return [];
    const filters: string[] = [];
    const others: string[] = [];
    for (let index = 0; index < rest.length; index++) {
      const word = rest[index]!;
      const [, value] = /^(?:--filter|-F)(?:=(.*))?$/.exec(word) ?? [];
      if (/^(?:--filter|-F)(?:=|$)/.test(word)) filters.push(value ?? rest[++index] ?? '');
      else if (!word.startsWith('-') && index !== at) others.push(word);
    }
    const [filter] = filters;
    const [folder] = others;
    if (filters.length !== 1 || others.length !== 1 || filter === undefined || folder === undefined)
      return [];
    const production = rest.some((word) => /^(?:--prod|--production|-P)$/.test(word));
    return [{ filter: filter.replace(/^(["'])(.*)\1$/, '$2'), production, folder, command: part.trim() }];
  });
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
