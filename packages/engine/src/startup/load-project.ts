import { availableParallelism } from 'node:os';
import { DeclaredKinds } from '../change/declared-kind.js';
import type { LoadAttempt, LoadedName, LoadOutcome, LoadReport } from '../model/load-result.js';
import type { LoadOptions, VerifyOptions } from '../model/options.js';
import { VerifyError } from '../model/problem.js';
import type { WorkspacePackage } from '../model/workspace.js';
import { joinPath } from '../read/file-path.js';
import { forConsumers } from '../resolve/workspace-conditions.js';
import type { Run } from '../session.js';
import { IMPORT } from '../surface/view.js';
import { viewOf } from '../workspace-view.js';
import type { WorkspaceView } from '../workspace-view.js';
import { firstOwnFrame } from './error-frames.js';
import { importChain } from './import-chain.js';
import { loadCandidates } from './load-candidates.js';
import type { LoadCandidate } from './load-candidates.js';
import { causeOf } from './load-cause.js';
import { runLoader } from './run-loader.js';
import type { LoadLimits, RawError, RawOutcome } from './run-loader.js';
import { runtimeMismatches } from './runtime-mismatches.js';

const SECONDS = 20;
const MEGABYTES = 512;

export interface LoadInput {
  readonly run: Run;
  readonly project: string;
  readonly options: VerifyOptions;
}

/**
 * Loads every entry point of a project that Node loads, each in a process of its own, and runs the
 * probe. Several processes run at a time.
 *
 * @returns undefined if the options request nothing, or the project cannot be checked
 * @throws VerifyError if the probe does not exist
 */
export async function loadProject({ run, project, options }: LoadInput): Promise<LoadReport | undefined> {
  const own = run.packageOf(project);
  const settings = settingsOf(options.load);
  if (!own || run.problemOf(own) || (!settings && options.probe === undefined)) return undefined;
  const limits = limitsOf(settings ?? {}, options);
  const conditions = [...(options.conditions ?? []), ...(settings?.conditions ?? [])];
  const view = viewOf(run, { conditions: options.conditions ?? [] });
  const entries = loadCandidates(
    { surfaces: view.surfaces, resolverFor: (set) => viewOf(run, { conditions: set }).resolver },
    own,
    forConsumers(run.entryPointsOf(own)),
    conditions,
  );
  const candidates = entries.length > 0 ? entries : programsOf(view, own, conditions);
  const jobs = settings ? candidates.map((candidate) => () => attempt(view, own, candidate, limits)) : [];
  const probe =
    options.probe === undefined ? [] : [() => probed(view, own, candidates, options.probe!, limits)];
  const attempts = await inParallel([...jobs, ...probe]);
  const kinds = new DeclaredKinds(run.disk);
  const alone = entries.length > 0 ? attempts.slice(0, jobs.length) : [];
  return { attempts, mismatches: alone.flatMap((each) => runtimeMismatches(view, own, each, kinds)) };
}

/** An application without entry points is what its build wrote: the scripts at the top of its output. */
function programsOf(
  { traces, surfaces }: WorkspaceView,
  own: WorkspacePackage,
  set: readonly string[],
): readonly LoadCandidate[] {
  const { roots } = traces.of(own);
  if (roots.some(({ kind }) => kind === 'page')) return [];
  return roots
    .filter(({ kind, file }) => kind === 'application' && /\.[cm]?js$/.test(file))
    .map(({ file }) => ({
      subpath: '.',
      conditions: [],
      file,
      mode: surfaces.kindOf(file, IMPORT).format === 'esm' ? ('import' as const) : ('require' as const),
      place: { file, start: 0, end: 0 },
      set,
    }));
}

function settingsOf(load: VerifyOptions['load']): LoadOptions | undefined {
  return load === true ? {} : load || undefined;
}

function limitsOf(settings: LoadOptions, { conditions = [] }: VerifyOptions): LoadLimits {
  return {
    seconds: settings.timeout ?? SECONDS,
    megabytes: settings.memory ?? MEGABYTES,
    conditions: [...conditions, ...(settings.conditions ?? [])],
    env: settings.env ?? {},
  };
}

async function attempt(
  view: WorkspaceView,
  own: WorkspacePackage,
  candidate: LoadCandidate,
  limits: LoadLimits,
): Promise<LoadAttempt> {
  const { disk } = view.run;
  const job = { file: disk.toAbsolute(candidate.file), mode: candidate.mode };
  return described(
    view,
    own,
    candidate,
    await runLoader(job, disk.toAbsolute(own.root), { ...limits, conditions: candidate.set }),
  );
}

/** Loads all entry points in one process and passes them to the probe. */
async function probed(
  view: WorkspaceView,
  own: WorkspacePackage,
  candidates: readonly LoadCandidate[],
  probe: string,
  limits: LoadLimits,
): Promise<LoadAttempt> {
  const { disk } = view.run;
  const file = joinPath(own.root, probe);
  if (!disk.isFile(file))
    throw new VerifyError({
      kind: 'invalid-option',
      message: `The option "probe" names ${file}, which does not exist.`,
      remedy: "Use the path of a module, relative to the project's folder.",
    });
  const first = new Map<string, LoadCandidate>();
  for (const candidate of candidates)
    if (candidate.mode === 'import' || !first.has(candidate.subpath)) first.set(candidate.subpath, candidate);
  const entries = [...first.values()].map(({ subpath, file: entry, mode }) => ({
    subpath,
    file: disk.toAbsolute(entry),
    mode,
  }));
  const raw = await runLoader({ entries, probe: disk.toAbsolute(file) }, disk.toAbsolute(own.root), limits);
  const place = { file, start: 0, end: 0 };
  return described(view, own, { subpath: '.', conditions: [], file, mode: 'import', place }, raw);
}

function described(
  view: WorkspaceView,
  own: WorkspacePackage,
  candidate: Omit<LoadCandidate, 'set'>,
  raw: RawOutcome,
): LoadAttempt {
  const error = raw.kind === 'failed' ? raw.error : raw.kind === 'exited' ? exitError(raw.stack) : undefined;
  const frame = error && firstOwnFrame(view.run.disk, error);
  const { subpath, conditions, file, mode, place } = candidate;
  return {
    subpath,
    conditions,
    file,
    mode,
    place,
    outcome: outcomeOf(raw, own, view.run.disk.root),
    ...(frame && { frame: frame.place }),
    chain: frame ? importChain(view, candidate, frame.built) : [],
  };
}

function exitError(stack: string | undefined): RawError | undefined {
  return stack === undefined ? undefined : { name: 'Error', message: '', stack };
}

function outcomeOf(raw: RawOutcome, own: WorkspacePackage, root: string): LoadOutcome {
  if (raw.kind === 'loaded')
    return { kind: 'loaded', names: raw.names.map((name) => nameOf(name, root)), open: raw.open };
  if (raw.kind === 'exited') return { kind: 'exited', code: raw.code };
  if (raw.kind !== 'failed') return raw;
  const cause = causeOf(raw.error, own.source?.json ?? own.published?.json);
  return { kind: 'failed', stage: raw.stage, message: messageOf(raw.error, root), ...(cause && { cause }) };
}

function nameOf(
  { name, type, constructable, error }: { readonly error?: RawError } & LoadedName,
  root: string,
): LoadedName {
  return {
    name,
    type,
    ...(constructable !== undefined && { constructable }),
    ...(error && { reason: messageOf(error, root) }),
  };
}

const LONGEST_MESSAGE = 300;

/** One line, without the paths of this machine. */
function messageOf({ name, message }: RawError, root: string): string {
  const relative = message
    .replaceAll(`file://${root}/`, '')
    .replaceAll(`${root}/`, '')
    .replaceAll(`${root}\\`, '');
  const [line = ''] = relative.split('\n');
  const text = line === '' ? name : `${name}: ${line}`;
  return text.length > LONGEST_MESSAGE ? `${text.slice(0, LONGEST_MESSAGE)}…` : text;
}

/** Runs jobs, as many at a time as the machine has cores, and keeps their order. */
async function inParallel<T>(jobs: readonly (() => Promise<T>)[]): Promise<readonly T[]> {
  const results = Array.from<T>({ length: jobs.length });
  let next = 0;
  const work = async (): Promise<void> => {
    for (let index = next++; index < jobs.length; index = next++) results[index] = await jobs[index]!();
  };
  await Promise.all(Array.from({ length: Math.min(availableParallelism(), jobs.length) }, work));
  return results;
}
