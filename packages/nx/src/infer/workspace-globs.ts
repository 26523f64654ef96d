import picomatch from 'picomatch';
import { isRecord, parseObject } from './member-manifest';

/** The root files that list the workspace packages, as text. */
export interface WorkspaceFiles {
  readonly packageJson: string | undefined;
  readonly pnpmWorkspace: string | undefined;
}

/**
 * Makes a function that says whether a package.json belongs to a workspace package. It uses the
 * globs of npm, yarn and bun (`workspaces` in package.json) and pnpm (pnpm-workspace.yaml), like Nx
 * itself, so it never matches a fixture.
 */
export function workspaceMatcher(files: WorkspaceFiles): (packageJsonPath: string) => boolean {
  const rootManifest = parseObject(files.packageJson ?? '{}') ?? {};
  const globs = [...globsOf(rootManifest['workspaces']), ...pnpmGlobs(files.pnpmWorkspace)].map(manifestGlob);
  if (isRecord(rootManifest['nx'])) globs.push('package.json');
  const wanted = globs.filter((glob) => !glob.startsWith('!'));
  const unwanted = globs.filter((glob) => glob.startsWith('!')).map((glob) => glob.slice(1));
  const isWanted = wanted.flatMap((glob) => matcherOf(glob) ?? []);
  const isUnwanted = unwanted.flatMap((glob) => matcherOf(glob) ?? []);
  return (path) => isWanted.some((is) => is(path)) && !isUnwanted.some((is) => is(path));
}

/** A glob that cannot be read, such as one of 100,000 characters, matches nothing. */
function matcherOf(glob: string): ((path: string) => boolean) | undefined {
  try {
    return picomatch(glob);
  } catch {
    return undefined;
  }
}

function globsOf(workspaces: unknown): readonly string[] {
  const list = isRecord(workspaces) ? workspaces['packages'] : workspaces;
  return Array.isArray(list) ? list.filter((glob): glob is string => typeof glob === 'string') : [];
}

function pnpmGlobs(text: string | undefined): readonly string[] {
  if (text === undefined) return [];
  try {
    // Loaded here because most workspaces have no such file, and every Nx command loads this
    // plugin.
    const { parse } = require('yaml') as typeof import('yaml');
    const value: unknown = parse(text);
    return isRecord(value) ? globsOf(value['packages']) : [];
  } catch {
    return []; // Nx warns about a broken pnpm-workspace.yaml and continues without it.
  }
}

function manifestGlob(glob: string): string {
  const negation = glob.startsWith('!') ? '!' : '';
  const folder = glob.slice(negation.length).replace(/^\.\//, '').replace(/\/+$/, '');
  const file = folder.endsWith('/package.json')
    ? folder
    : folder === '.' || folder === ''
      ? 'package.json'
      : `${folder}/package.json`;
  return negation + file;
}
