// The functions that take an opened workspace, for callers outside of the engine: they see a handle
// without members, so that what a run keeps can change without a new major version.
import { checkedFilesOf as checkedFilesIn } from './checked-files.js';
import type { CheckedFiles } from './checked-files.js';
import { planFixes as planFixesIn } from './fix/plan-fixes.js';
import type { FixPlan } from './fix/plan-fixes.js';
import { explainExport as explainExportIn } from './explain/explain-export.js';
import type { Explanation } from './explain/explain-export.js';
import { withHistory as withHistoryIn } from './history/with-history.js';
import { loadProject } from './startup/load-project.js';
import type { LoadReport } from './model/load-result.js';
import type { VerifyOptions } from './model/options.js';
import type { FilePath } from './model/place.js';
import type { Finding, Report } from './model/report.js';
import type { WorkspaceInput, WorkspacePackage } from './model/workspace.js';
import { VerifyError } from './model/problem.js';
import type { PackageSurface, PlannedVersion } from './model/package-surface.js';
import { plannedVersion } from './change/planned-version.js';
import { surfaceOf as surfaceIn } from './change/surface-comparison.js';
import { affectedBy as affectedByIn } from './explain/affected-by.js';
import type { BlastRadius } from './explain/affected-by.js';
import { componentList as componentListIn } from './explain/component-list.js';
import type { ComponentList } from './explain/component-list.js';
import { dependencyGraph } from './read/dependency-paths.js';
import { openRun as openInternalRun } from './session.js';
import type { Run as InternalRun } from './session.js';
import { unknownProject, verify as verifyIn } from './verify.js';
import { viewOf } from './workspace-view.js';
import { verifySources as verifySourcesIn } from './verify-sources.js';

declare const handle: unique symbol;

/**
 * A workspace that is open for checks. Everything that is read is kept, so checking many projects
 * costs little more than checking one. Files on disk must not change while it is in use. After a
 * change, open another run from this one.
 */
export interface Run {
  readonly [handle]: 'Run';
}

/** A run over the same workspace, and what has changed on disk since it was opened. */
export interface EarlierRun {
  readonly run: Run;
  /**
   * Every path, relative to the root, at which something was written, created, removed, moved or
   * made a link. Everything inside of such a path counts as changed. `.` means everything. A path
   * too many costs time. A missing path makes results untrue.
   */
  readonly changed: Iterable<FilePath>;
}

export interface VerifyInput {
  readonly run: Run;
  /** The name of the project to check. */
  readonly project: string;
  readonly options?: VerifyOptions;
  /**
   * The names of the dependents whose imports are checked too. The default is every dependent whose
   * manifest declares this project. A caller that caches results passes the dependents that its
   * cache key covers.
   */
  readonly dependentsToCheck?: readonly string[];
  /** What `loadEntryPoints` found for the project; without it, nothing that needs loading is reported. */
  readonly loads?: LoadReport | undefined;
  /** Whether the known findings of the project's baseline are left out of the findings. The default is true. */
  readonly applyBaseline?: boolean;
}

export interface FixInput {
  readonly workspace: WorkspaceInput;
  /**
   * Checks the projects whose findings are to be fixed. It is called again after each round of
   * edits.
   */
  readonly check: (run: Run) => readonly Pick<Report, 'findings' | 'problems'>[];
  /** Which findings to fix. The default is all. */
  readonly wanted?: (finding: Finding) => boolean;
}

/**
 * Opens a workspace.
 *
 * @param earlier a run whose parsed modules are kept if their files have not changed, for a process
 *   that goes on while people edit. The results are those of a run without it. The earlier run must
 *   not be used any more.
 * @throws VerifyError if the root cannot be read at all
 */
export function openRun(input: WorkspaceInput, earlier?: EarlierRun): Run {
  return publicRun(openInternalRun(input, earlier && { ...earlier, run: internalRun(earlier.run) }));
}

/**
 * Writes what was read from modules to the `cacheFolder` of the workspace, for later processes. Call
 * it after the checks. It never throws.
 */
export function saveCache(run: Run): void {
  internalRun(run).saveCache();
}

/** What `readAhead` starts with. */
export interface ReadAheadInput {
  readonly run: Run;
  /** The names of the projects that will be checked, in that order. */
  readonly projects: readonly string[];
  /** How many threads read. The default depends on the processors that the process may use; 0 is none. */
  readonly workers?: number;
}

/**
 * Starts threads that read and parse files before `verify` needs them. It pays for the first check of a
 * whole workspace in one process; otherwise it does nothing. Results are the same without it. The
 * threads end when everything is read, and do not keep the process from ending.
 */
export function readAhead({ run, projects, workers }: ReadAheadInput): void {
  internalRun(run).readAhead(projects, workers);
}

/** The names of the projects of a workspace, for `verify`. */
export function projectsIn(run: Run): readonly string[] {
  return internalRun(run).workspace.packages.map(({ project }) => project);
}

/** One package of a workspace. */
export interface PackageInfo {
  /** The name for `verify`. */
  readonly project: string;
  /** The name that importers write; absent if there is none. */
  readonly name?: string;
  readonly version?: string;
  /** Its folder; `.` for the workspace root. */
  readonly root: FilePath;
  /** Whether people outside the workspace can install it. */
  readonly published: boolean;
  /** The projects that it depends on, by its manifest and by the caller's graph. */
  readonly dependencies: readonly string[];
}

/** The packages of a workspace, sorted by folder. */
export function packagesIn(run: Run): readonly PackageInfo[] {
  const { workspace } = internalRun(run);
  const graph = dependencyGraph(workspace);
  return workspace.packages.map(({ project, name, source, root, publication }) => ({
    project,
    ...(name !== undefined && { name }),
    ...(typeof source?.json.version === 'string' && { version: source.json.version }),
    root,
    published: publication.published,
    dependencies: [...(graph.get(project) ?? [])].toSorted(),
  }));
}

/**
 * Checks one project: its own entry points, its own imports from workspace packages as built, and
 * what its dependents import from it.
 *
 * @returns the report; it includes problems in the input of other packages
 * @throws VerifyError if the workspace has no such project
 */
export function verify(input: VerifyInput): Report {
  return verifyIn({ ...input, run: internalRun(input.run) });
}

/**
 * Checks what the sources and the manifest of a project show without any build: workspace packages
 * that are imported and not declared.
 *
 * @returns the findings after options are applied; none if the project is unknown or cannot be read
 */
export function verifySources(run: Run, project: string, options?: VerifyOptions): readonly Finding[] {
  return verifySourcesIn(internalRun(run), project, options);
}

export interface ExplainInput {
  readonly run: Run;
  /** The name of the project that has the entry point. */
  readonly project: string;
  /** `.` or `./x` */
  readonly subpath: string;
  /** The exported name to explain, if not the whole entry point. */
  readonly name?: string;
  readonly options?: VerifyOptions;
}

/**
 * Explains an entry point: which target a resolver takes and why, what it exports, and who imports
 * it. With a name, it also explains where the name comes from.
 *
 * @throws VerifyError if the workspace has no such project, or the project cannot be read
 */
export function explainExport({ run, ...input }: ExplainInput): Explanation {
  return explainExportIn({ ...input, run: internalRun(run) });
}

/**
 * Adds the commit that removed the name to the findings about lost names, if git knows it. It takes
 * seconds at most.
 */
export function withHistory(report: Report, run: Run): Report {
  return withHistoryIn(report, internalRun(run));
}

/**
 * Loads the entry points of a project in processes of their own and runs its probe, if its options
 * request that. The result is for `verify`.
 *
 * @returns undefined if the options request nothing, or the project cannot be checked
 * @throws VerifyError `invalid-option` if the probe does not exist
 */
export function loadEntryPoints({
  run,
  project,
  options = {},
}: ProjectQuestion): Promise<LoadReport | undefined> {
  return loadProject({ run: internalRun(run), project, options });
}

/** A project, and the options that its check uses. */
export interface ProjectQuestion {
  readonly run: Run;
  readonly project: string;
  readonly options?: VerifyOptions;
}

/**
 * What a project exports now, for its surface file.
 *
 * @throws VerifyError if the workspace has no such project, or it cannot be checked
 */
export function surfaceOf({ run, project, options = {} }: ProjectQuestion): PackageSurface {
  const internal = internalRun(run);
  const own = checkablePackage(internal, project);
  return surfaceIn(viewOf(internal, { conditions: options.conditions ?? [] }), own);
}

/** The version that the next release of a project would have, as manifest and release plans say. */
export function plannedVersionOf(
  { run, project }: Pick<ProjectQuestion, 'run' | 'project'>,
  released: string | undefined,
): PlannedVersion | undefined {
  const internal = internalRun(run);
  return plannedVersion(internal.disk, checkablePackage(internal, project), released);
}

/**
 * Lists who a change of a package, or of one of its names, can break.
 *
 * @throws VerifyError if the workspace has no such project, or it cannot be read
 */
export function affectedBy({ run, ...input }: AffectedByQuestion): BlastRadius {
  const internal = internalRun(run);
  checkablePackage(internal, input.project, false);
  return affectedByIn({ ...input, run: internal });
}

/**
 * Lists the exported names of a project with their kinds, declarations and importers.
 *
 * @throws VerifyError if the workspace has no such project, or it cannot be checked
 */
export function componentList({ run, ...input }: ComponentQuestion): ComponentList {
  const internal = internalRun(run);
  checkablePackage(internal, input.project);
  return componentListIn({ ...input, run: internal });
}

export interface ComponentQuestion extends ProjectQuestion {
  /** What loading the entry points showed, if they were loaded. */
  readonly loads?: LoadReport | undefined;
}

export interface AffectedByQuestion {
  readonly run: Run;
  readonly project: string;
  /** The exported name; absent for the whole package. */
  readonly name?: string;
  /** The options of each project. They name its Dockerfiles. */
  readonly optionsOf?: (project: string) => VerifyOptions;
}

function checkablePackage(run: InternalRun, project: string, built = true): WorkspacePackage {
  const own = run.packageOf(project);
  const problem = own && (built ? run.problemOf(own) : own.problem);
  if (!own || problem) throw new VerifyError(problem ?? unknownProject(run, project));
  return own;
}

/**
 * Lists the files of a project that checks read, for a caller that caches results and has to cover
 * them.
 */
export function checkedFilesOf(run: Run, project: string): CheckedFiles {
  return checkedFilesIn(internalRun(run), project);
}

/**
 * Plans the edits that findings propose. It writes nothing: `files` of the result says what to
 * write.
 */
export function planFixes({ check, ...input }: FixInput): FixPlan {
  return planFixesIn({ ...input, check: (run) => check(publicRun(run)) });
}

function publicRun(run: InternalRun): Run {
  return run as unknown as Run;
}

function internalRun(run: Run): InternalRun {
  return run as unknown as InternalRun;
}
