import type { TargetConfiguration } from '@nx/devkit';
import { isRecord } from '../infer/member-manifest';
import { globTest } from './globs';

export type Input = NonNullable<TargetConfiguration['inputs']>[number];
export type NamedInputs = Readonly<Record<string, readonly unknown[]>>;

/** What Nx assumes for a target without inputs. */
export const DEFAULT_INPUTS: readonly Input[] = ['default', '^default'];

/** The inputs of a target, sorted by whose files they are about. */
export interface SortedInputs {
  /** Filesets and named inputs of the project itself. */
  readonly own: readonly string[];
  /** Named inputs and filesets of the projects that it depends on, without `^`. */
  readonly dependencies: readonly string[];
  /** Named inputs of listed projects, by name or `directory:` pattern. */
  readonly projects: ReadonlyMap<string, readonly string[]>;
  /** Globs over the outputs of all tasks that run before, also of indirect dependencies. */
  readonly taskOutputs: readonly string[];
}

/**
 * Sorts inputs as Nx does. Named inputs of the project itself are resolved; those of other projects
 * are theirs to define.
 */
export function sortInputs(inputs: readonly unknown[], namedInputs: NamedInputs): SortedInputs {
  const own: string[] = [];
  const dependencies: string[] = [];
  const projects = new Map<string, string[]>();
  const taskOutputs: string[] = [];
  const open = [...inputs];
  const seen = new Set<string>();
  for (let input = open.shift(); input !== undefined; input = open.shift()) {
    if (typeof input === 'string') {
      if (input.startsWith('^')) dependencies.push(input.slice(1));
      else if (isFileset(input)) own.push(input);
      else if (!seen.has(input)) {
        seen.add(input);
        open.unshift(...filesetsOf(input, namedInputs));
      }
      continue;
    }
    if (!isRecord(input)) continue;
    const { fileset, input: name, dependentTasksOutputFiles } = input;
    const ofDependencies = input['dependencies'] === true || input['projects'] === 'dependencies';
    if (typeof fileset === 'string') (ofDependencies ? dependencies : own).push(fileset);
    if (typeof dependentTasksOutputFiles === 'string' && input['transitive'] === true)
      taskOutputs.push(dependentTasksOutputFiles);
    if (typeof name !== 'string') continue;
    if (ofDependencies) dependencies.push(name);
    else if (input['projects'] === undefined || input['projects'] === 'self') open.unshift(name);
    else
      for (const project of [input['projects']].flat())
        if (typeof project === 'string') projects.set(project, [...(projects.get(project) ?? []), name]);
  }
  return { own, dependencies, projects, taskOutputs };
}

/** The filesets that a list of names and filesets amounts to for one project. */
export function resolveFilesets(names: readonly string[], namedInputs: NamedInputs): readonly string[] {
  return sortInputs(names, namedInputs).own;
}

/**
 * Whether filesets contain every file of a project, so that its files need not be looked at one by
 * one.
 */
export function areComplete(filesets: readonly string[]): boolean {
  const isWhole = (fileset: string): boolean =>
    /^\{(?:projectRoot|workspaceRoot)\}\/\*\*(?:\/\*)?$/.test(fileset);
  return filesets.some(isWhole) && !filesets.some((fileset) => fileset.startsWith('!'));
}

/**
 * Makes the test whether a project's filesets contain a file.
 *
 * @param root the project's folder
 */
export function fileMatcher(filesets: readonly string[], root: string): (file: string) => boolean {
  const inFolder = root === '.' ? '' : `${root}/`;
  const globs = filesets.map((fileset) =>
    fileset
      .replace('{projectRoot}/', inFolder)
      .replace('{projectRoot}', root)
      .replace('{workspaceRoot}/', ''),
  );
  const wanted = globs.filter((glob) => !glob.startsWith('!'));
  const unwanted = globs.filter((glob) => glob.startsWith('!')).map((glob) => glob.slice(1));
  if (wanted.length === 0) return () => false;
  return globTest(wanted.map(withoutSlash), unwanted.map(withoutSlash));
}

function filesetsOf(name: string, namedInputs: NamedInputs): readonly unknown[] {
  return namedInputs[name] ?? (name === 'default' ? ['{projectRoot}/**/*'] : []);
}

function isFileset(input: string): boolean {
  return /^!?(?:\{|\/)/.test(input);
}

function withoutSlash(glob: string): string {
  return glob.replace(/^\//, '');
}
