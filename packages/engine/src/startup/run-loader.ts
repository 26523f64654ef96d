import { spawn } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { isRecord } from '../model/is-record.js';

/** What to load. Paths are absolute. */
export type LoadJob =
  | { readonly file: string; readonly mode: 'import' | 'require' }
  | {
      readonly entries: readonly {
        readonly subpath: string;
        readonly file: string;
        readonly mode: 'import' | 'require';
      }[];
      readonly probe: string;
    };

export interface LoadLimits {
  readonly seconds: number;
  readonly megabytes: number;
  /** Conditions that consumers set. */
  readonly conditions: readonly string[];
  /** Variables that the code gets, besides those that every program needs. */
  readonly env: Readonly<Record<string, string>>;
}

/** The error of a child process, as the runner describes it. */
export interface RawError {
  readonly name: string;
  readonly message: string;
  readonly code?: string;
  readonly stack?: string;
  readonly cause?: RawError;
  readonly missingEnv?: readonly string[];
}

export interface RawName {
  readonly name: string;
  readonly type: string;
  readonly constructable?: boolean;
  readonly error?: RawError;
}

export type RawOutcome =
  | { readonly kind: 'loaded'; readonly names: readonly RawName[]; readonly open: readonly string[] }
  | { readonly kind: 'failed'; readonly stage: 'load' | 'probe' | 'later'; readonly error: RawError }
  | { readonly kind: 'exited'; readonly code: number; readonly stack?: string }
  | { readonly kind: 'timed-out'; readonly seconds: number }
  | { readonly kind: 'killed'; readonly reason: string };

const RUNNER = fileURLToPath(new URL('./load-runner.mjs', import.meta.url));

/** The results of one process. A longer text is the package's own output, or a mistake. */
const MOST_RESULT_BYTES = 8 * 1024 * 1024;

/**
 * Loads something in a process of its own. The process may read files. It gets no variables of this
 * process but those that programs need to run, an empty folder as its home, limited memory and
 * limited time. Node's permission model denies writing and starting programs.
 *
 * @param cwd the absolute path of the folder in which the code runs
 */
export async function runLoader(job: LoadJob, cwd: string, limits: LoadLimits): Promise<RawOutcome> {
  const home = mkdtempSync(join(tmpdir(), 'verify-exports-load-'));
  try {
    return await outcomeOf(job, { cwd, home, limits });
  } finally {
    rmSync(home, { recursive: true, force: true });
  }
}

interface Surroundings {
  readonly cwd: string;
  readonly home: string;
  readonly limits: LoadLimits;
}

function outcomeOf(job: LoadJob, { cwd, home, limits }: Surroundings): Promise<RawOutcome> {
  return new Promise((resolve) => {
    const child = spawn(process.execPath, [...flagsFor(limits), RUNNER, JSON.stringify(job)], {
      cwd,
      env: environment(home, limits.env),
      stdio: ['ignore', 'ignore', 'pipe', 'pipe'],
    });
    let results = '';
    let errors = '';
    let isLate = false;
    const timer = setTimeout(() => {
      isLate = true;
      child.kill('SIGKILL');
    }, limits.seconds * 1000);
    child.stdio[3]!.on('data', (chunk: Buffer) => {
      if (results.length < MOST_RESULT_BYTES) results += chunk.toString();
    });
    child.stderr!.on('data', (chunk: Buffer) => {
      if (errors.length < MOST_RESULT_BYTES) errors += chunk.toString();
    });
    child.on('error', (error) => resolve({ kind: 'killed', reason: error.message }));
    child.on('close', (code, signal) => {
      clearTimeout(timer);
      resolve(outcomeFrom(results) ?? withoutResult({ code, signal, isLate, errors, limits }));
    });
  });
}

/** https://nodejs.org/api/permissions.html: `--permission` since 22.13 and 23.5, experimental before. */
function flagsFor({ megabytes, conditions }: LoadLimits): readonly string[] {
  const [major = 0, minor = 0] = process.versions.node.split('.').map(Number);
  const isStable = major > 23 || (major === 23 && minor >= 5) || (major === 22 && minor >= 13);
  return [
    isStable ? '--permission' : '--experimental-permission',
    '--allow-fs-read=*',
    '--allow-worker',
    '--allow-addons',
    '--no-warnings',
    `--max-old-space-size=${megabytes}`,
    ...conditions.map((condition) => `--conditions=${condition}`),
  ];
}

/** No variable of this process may hold a secret that foreign code could read. */
function environment(home: string, given: Readonly<Record<string, string>>): NodeJS.ProcessEnv {
  const { PATH, SystemRoot, LANG, TZ } = process.env;
  const own = {
    PATH,
    SystemRoot,
    LANG,
    TZ,
    HOME: home,
    USERPROFILE: home,
    TMPDIR: home,
    TEMP: home,
    TMP: home,
  };
  const known = Object.entries(own).filter(([, value]) => value !== undefined);
  return { ...Object.fromEntries(known), ...given };
}

/** The last result counts, except that `settled` only completes `loaded`. */
function outcomeFrom(text: string): RawOutcome | undefined {
  let outcome: RawOutcome | undefined;
  for (const line of text.split('\n').filter(Boolean)) {
    const result = parsed(line);
    if (result?.['kind'] === 'settled') {
      if (outcome?.kind === 'loaded') outcome = { ...outcome, open: textsIn(result['open']) };
    } else if (result) outcome = { open: [], ...result } as unknown as RawOutcome;
  }
  return outcome;
}

function parsed(line: string): Readonly<Record<string, unknown>> | undefined {
  try {
    const value: unknown = JSON.parse(line);
    return isRecord(value) ? value : undefined;
  } catch {
    return undefined;
  }
}

function textsIn(value: unknown): readonly string[] {
  return Array.isArray(value) ? value.filter((each) => typeof each === 'string') : [];
}

interface Ending {
  readonly code: number | null;
  readonly signal: NodeJS.Signals | null;
  readonly isLate: boolean;
  readonly errors: string;
  readonly limits: LoadLimits;
}

function withoutResult({ code, signal, isLate, errors, limits }: Ending): RawOutcome {
  if (isLate) return { kind: 'timed-out', seconds: limits.seconds };
  if (/heap out of memory|heap limit/i.test(errors))
    return { kind: 'killed', reason: `it needs more than ${limits.megabytes} MB of memory` };
  if (signal !== null) return { kind: 'killed', reason: `it was ended by ${signal}` };
  // Node ends with 13 if the module still waits for something that never happens.
  if (code === 13)
    return {
      kind: 'failed',
      stage: 'load',
      error: { name: 'Error', message: 'a top-level await never ends' },
    };
  return { kind: 'exited', code: code ?? 0 };
}
