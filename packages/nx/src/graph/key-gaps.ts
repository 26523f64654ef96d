import type { ProjectGraph, TargetConfiguration, TaskGraph } from '@nx/devkit';
import { isRecord } from '../infer/member-manifest';
import { globTest } from './globs';
import { areComplete, DEFAULT_INPUTS, fileMatcher, resolveFilesets, sortInputs } from './input-files';
import type { NamedInputs, SortedInputs } from './input-files';
import { METADATA_KEY } from './import-metadata';
import { importedPackages } from './imported-packages';

const TASK_OUTPUTS = { dependentTasksOutputFiles: '**/*', transitive: true };

/** Something that a check reads and that the cache key of its task does not contain. */
export type KeyGap =
  /**
   * The builds of these projects are no tasks of this run; `excluded` if the command left out all
   * task dependencies.
   */
  | { readonly kind: 'build-not-in-run'; readonly builds: readonly string[]; readonly excluded: boolean }
  /**
   * A built file that no task of this run lists in its outputs, and that Nx does not hash either.
   */
  | { readonly kind: 'unlisted-output'; readonly file: string; readonly build: string | undefined }
  /** The target's `inputs` lack these. */
  | { readonly kind: 'missing-inputs'; readonly inputs: readonly unknown[] }
  /** The target's `inputs` leave out this file of a project. */
  | { readonly kind: 'file-left-out'; readonly file: string }
  /** Git or Nx ignores a file that the check reads and that is a part of the repository. */
  | { readonly kind: 'ignored-file'; readonly file: string };

/** The files of a project that a check reads; see `CheckedFiles` of the engine. */
interface Files {
  readonly manifests: readonly string[];
  readonly entryFiles: readonly string[];
  readonly baseline?: string;
  readonly surface: readonly string[];
  readonly sources: () => readonly string[];
}

export interface KeyFacts {
  readonly taskId: string;
  readonly project: string;
  /** The target with everything that nx.json and the project's files set. */
  readonly target: TargetConfiguration;
  readonly projectGraph: ProjectGraph;
  readonly taskGraph: TaskGraph;
  /** `namedInputs` of nx.json. */
  readonly namedInputs: NamedInputs;
  readonly buildTargetsOf: (project: string) => readonly string[];
  readonly filesOf: (project: string) => Files;
  /** Whether Nx hashes the file as a source. */
  readonly isHashed: (file: string) => boolean;
}

/**
 * Finds out what a check reads although the cache key of its task does not contain it. If there is
 * anything, Nx would replay the result of this run after that has changed.
 *
 * @returns the first gap of each kind; nothing if a cached result stays true
 */
export function keyGaps(facts: KeyFacts): readonly KeyGap[] {
  const { project, projectGraph, target } = facts;
  const packages = [project, ...importedPackages(project, projectGraph)];
  const before = tasksBefore(facts.taskGraph, facts.taskId);
  const inputs = sortInputs(target.inputs ?? DEFAULT_INPUTS, namedInputsOf(facts, project));
  const missing = missingBuilds(facts, packages, before);
  const gaps: KeyGap[] = [...missingInputs(facts, inputs, before.length > 0)];
  if (missing.length > 0) {
    const builds = missing.map(({ project: name, build }) => `${name}:${build}`);
    gaps.unshift({ kind: 'build-not-in-run', builds, excluded: wereExcluded(facts, missing) });
  }
  // Single files are looked at only if the configuration as a whole is right.
  if (gaps.length > 0) return gaps;
  const outputs = before.flatMap((id) => facts.taskGraph.tasks[id]?.outputs ?? []);
  const ignored = facts.filesOf(project).surface.find((file) => !facts.isHashed(file));
  return [
    ...unlistedOutputs(facts, packages, { inputs, outputs }),
    ...filesLeftOut(facts, packages, inputs),
    ...(ignored === undefined ? [] : [{ kind: 'ignored-file' as const, file: ignored }]),
  ];
}

/**
 * The ids of all tasks that have to end before a task begins. Nx 24 lists objects, earlier majors
 * list ids.
 */
function tasksBefore(taskGraph: TaskGraph, taskId: string): readonly string[] {
  const found = new Set<string>();
  const open = [taskId];
  for (let id = open.pop(); id !== undefined; id = open.pop()) {
    for (const edge of (taskGraph.dependencies[id] ?? []) as readonly unknown[]) {
      const next = isRecord(edge) ? edge['id'] : edge;
      if (typeof next !== 'string' || found.has(next)) continue;
      found.add(next);
      open.push(next);
    }
  }
  return [...found];
}

interface Build {
  readonly project: string;
  readonly build: string;
}

function missingBuilds(
  facts: KeyFacts,
  packages: readonly string[],
  before: readonly string[],
): readonly Build[] {
  const built = new Set(
    before.map((id) => {
      const { project, target } = facts.taskGraph.tasks[id]?.target ?? {};
      return `${project}:${target}`;
    }),
  );
  return packages.flatMap((name) =>
    existingBuilds(facts, name).flatMap((build) =>
      built.has(`${name}:${build}`) ? [] : [{ project: name, build }],
    ),
  );
}

function existingBuilds({ projectGraph, buildTargetsOf }: KeyFacts, project: string): readonly string[] {
  const targets = projectGraph.nodes[project]?.data.targets;
  return buildTargetsOf(project).filter((build) => targets?.[build] !== undefined);
}

/**
 * Whether the target needs a build that is missing nevertheless: only `--excludeTaskDependencies`
 * does that.
 */
function wereExcluded({ project, target, taskGraph, taskId }: KeyFacts, missing: readonly Build[]): boolean {
  if ((taskGraph.dependencies[taskId] ?? []).length > 0) return false;
  const named = (target.dependsOn ?? []).map((wanted) =>
    typeof wanted === 'string' ? wanted : wanted.target,
  );
  return missing.some(
    ({ project: name, build }) =>
      named.includes(name === project ? build : `^${build}`) || named.includes(build),
  );
}

function unlistedOutputs(
  facts: KeyFacts,
  packages: readonly string[],
  { inputs, outputs }: { readonly inputs: SortedInputs; readonly outputs: readonly string[] },
): readonly KeyGap[] {
  const { filesOf, isHashed } = facts;
  const isWritten = outputMatcher(outputs);
  const isTaken = inputs.taskOutputs.length === 0 ? () => false : globTest(inputs.taskOutputs);
  for (const name of packages) {
    const { manifests, entryFiles } = filesOf(name);
    const file = [...manifests, ...entryFiles].find(
      (path) => !(isWritten(path) && isTaken(path)) && !isHashed(path),
    );
    if (file === undefined) continue;
    if (isWritten(file)) return [{ kind: 'missing-inputs', inputs: [TASK_OUTPUTS] }];
    const [build] = existingBuilds(facts, name);
    return [{ kind: 'unlisted-output', file, build: build === undefined ? undefined : `${name}:${build}` }];
  }
  return [];
}

/** An output is a file, a folder or a glob; one with `!` takes files out again. */
function outputMatcher(outputs: readonly string[]): (file: string) => boolean {
  const clean = (output: string): string => output.replace(/^!?(?:\.?\/)?/, '').replace(/\/$/, '');
  const wanted = pathMatcher(outputs.filter((output) => !output.startsWith('!')).map(clean));
  const excluded = pathMatcher(outputs.filter((output) => output.startsWith('!')).map(clean));
  return (file) => wanted(file) && !excluded(file);
}

/**
 * Large workspaces have many outputs, so files and folders are looked up and only globs are tried
 * one by one.
 */
function pathMatcher(paths: readonly string[]): (file: string) => boolean {
  const isGlob = (path: string): boolean => /[*?{[]/.test(path);
  const plain = new Set(paths);
  const globs = paths.filter(isGlob);
  return (file) => {
    for (let path = file; path !== ''; path = path.slice(0, Math.max(0, path.lastIndexOf('/'))))
      if (plain.has(path)) return true;
    return globs.some((glob) => isInGlob(file, glob));
  };
}

function isInGlob(file: string, glob: string): boolean {
  return globTest([glob, `${glob}/**`])(file);
}

/** The inputs that inference gave the target, or would have given it, and that are gone. */
function missingInputs(facts: KeyFacts, inputs: SortedInputs, hasBuilds: boolean): readonly KeyGap[] {
  const inferred = inferredInputs(facts.target);
  const ownFiles = inputs.own.filter((fileset) => !fileset.startsWith('!'));
  const isGiven = fileMatcher(ownFiles, facts.projectGraph.nodes[facts.project]?.data.root ?? '.');
  const isCovered = (input: unknown): boolean => {
    if (typeof input === 'string' && input.startsWith('{workspaceRoot}/'))
      return ownFiles.includes(input) || isGiven(input.slice('{workspaceRoot}/'.length));
    if (input === '^default') return inputs.dependencies.length > 0;
    if (isRecord(input) && 'dependentTasksOutputFiles' in input)
      return inputs.taskOutputs.length > 0 || !hasBuilds;
    // Own files are checked one by one. Dependents are checked only if they are among the inputs.
    return true;
  };
  const missing = inferred.filter((input) => !isCovered(input));
  return missing.length > 0 ? [{ kind: 'missing-inputs', inputs: missing }] : [];
}

function inferredInputs({ metadata }: TargetConfiguration): readonly unknown[] {
  const noted: unknown = (metadata as Record<string, unknown> | undefined)?.[METADATA_KEY];
  const inputs: unknown = isRecord(noted) ? noted['inputs'] : undefined;
  return Array.isArray(inputs) ? inputs : [...DEFAULT_INPUTS, TASK_OUTPUTS];
}

/**
 * A file of the project, of a package that it imports, or of a dependent that is checked, which the
 * named inputs leave out.
 */
function filesLeftOut(facts: KeyFacts, packages: readonly string[], inputs: SortedInputs): readonly KeyGap[] {
  const dependents = Object.values(facts.projectGraph.nodes).filter(
    ({ name, data }) => inputs.projects.has(name) || inputs.projects.has(`directory:${data.root}`),
  );
  const checks = [
    ...packages.map(
      (name) =>
        [name, name === facts.project ? inputs.own : inputs.dependencies, name === facts.project] as const,
    ),
    ...dependents.map(({ name, data }) => {
      const names = [
        ...(inputs.projects.get(name) ?? []),
        ...(inputs.projects.get(`directory:${data.root}`) ?? []),
      ];
      return [name, names, true] as const;
    }),
  ];
  for (const [name, names, withSources] of checks) {
    const filesets = resolveFilesets(names, namedInputsOf(facts, name));
    if (areComplete(filesets)) continue;
    const { manifests, entryFiles, baseline, sources } = facts.filesOf(name);
    const has = fileMatcher(filesets, facts.projectGraph.nodes[name]?.data.root ?? '.');
    const own = name === facts.project && baseline !== undefined ? [baseline] : [];
    const read = [...manifests, ...entryFiles, ...own, ...(withSources ? sources() : [])];
    const file = read.find((path) => !has(path) && facts.isHashed(path));
    if (file !== undefined) return [{ kind: 'file-left-out', file }];
  }
  return [];
}

function namedInputsOf({ namedInputs, projectGraph }: KeyFacts, project: string): NamedInputs {
  return { ...namedInputs, ...(projectGraph.nodes[project]?.data.namedInputs as NamedInputs | undefined) };
}
