import { cpSync, existsSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ISOLATED_PLUGINS } from './e2e-workspace';
import type { E2eWorkspace } from './e2e-workspace';
import type { Edit } from './matrix-edits';

/** How the checks are started. */
export interface Mode {
  readonly id: string;
  readonly command: 'run-many' | 'affected';
  readonly batch: boolean;
  readonly daemon: boolean;
}

/** All modes. The daemon is off in the first half. */
export const MODES: readonly Mode[] = [false, true].flatMap((daemon) =>
  (['run-many', 'affected'] as const).flatMap((command) =>
    [false, true].map((batch) => {
      const id = [command, ...(batch ? ['batch'] : []), ...(daemon ? ['daemon'] : [])].join(' ');
      return { id, command, batch, daemon };
    }),
  ),
);

/** The results of one command. */
export interface Verdicts {
  readonly status: number | null;
  readonly output: string;
  /** Reports as text by project; only those that the command wrote or restored. */
  readonly reports: ReadonlyMap<string, string>;
  /** Projects whose result came from the cache. */
  readonly replayed: readonly string[];
}

const TARGET = 'verify-exports';

/** A workspace with all results in the cache. Every command starts from that state, after one edit. */
export class WarmWorkspace {
  readonly #workspace: E2eWorkspace;
  readonly #snapshot: string;

  /** @throws Error if the workspace does not pass before any edit */
  constructor(workspace: E2eWorkspace) {
    this.#workspace = workspace;
    // Each project has its own cached result, as if it had been checked alone, and that takes much longer.
    workspace.nx('run-many', '-t', 'build');
    const { status, output } = workspace.nx('run-many', '-t', TARGET, '--batch', '--output-style=static');
    if (status !== 0) throw new Error(`The workspace must be healthy, but:\n${output}`);
    workspace.commit();
    this.#snapshot = mkdtempSync(join(tmpdir(), 'verify-exports-warm-'));
    for (const entry of this.#entries()) this.#copy(workspace.root, this.#snapshot, entry);
    this.#copy(workspace.root, this.#snapshot, LINKS);
  }

  /** Edits the cached state of the workspace, and runs the checks. */
  after({ apply }: Pick<Edit, 'apply'>, mode: Mode): Verdicts {
    const env = { NX_DAEMON: String(mode.daemon), ...(mode.daemon && ISOLATED_PLUGINS) };
    this.#restore();
    // The daemon must know the state before the edit. A new daemon of Nx 22 notices files more than a second late.
    if (mode.daemon) this.#workspace.nxWith(env, 'show', 'projects');
    if (mode.daemon) pause(2000);
    apply(this.#workspace);
    // Its file watcher needs a moment. A person needs longer between saving and running.
    if (mode.daemon) pause(1000);
    const which = mode.command === 'affected' ? ['affected', '--base=HEAD'] : ['run-many'];
    try {
      return this.#check(env, ...which, '-t', TARGET, ...(mode.batch ? ['--batch'] : []));
    } finally {
      if (mode.daemon) this.#workspace.nxWith(env, 'daemon', '--stop');
    }
  }

  /** The results of the edited sources without output and cache. */
  fresh({ apply }: Pick<Edit, 'apply'>): Verdicts {
    this.#restore();
    apply(this.#workspace);
    for (const path of ['.nx', '.cache']) this.#workspace.remove(path);
    for (const name of readdirSync(join(this.#workspace.root, 'packages')))
      this.#workspace.remove(`packages/${name}/dist`);
    const built = this.#workspace.nx('run-many', '-t', 'build', '--skip-nx-cache');
    if (built.status !== 0) throw new Error(`The builds must pass, but:\n${built.output}`);
    return this.#check({}, 'run-many', '-t', TARGET, '--batch', '--skip-nx-cache');
  }

  dispose(): void {
    rmSync(this.#snapshot, { recursive: true, force: true });
    this.#workspace.dispose();
  }

  #check(env: Readonly<Record<string, string>>, ...args: readonly string[]): Verdicts {
    this.#workspace.remove('.verify-exports');
    const { status, output } = this.#workspace.nxWith(env, ...args, '--output-style=static');
    const replay = /nx run (\S+):verify-exports {2}\[(?:local cache|existing outputs match|remote cache)/g;
    const replayed = [...new Set(Array.from(output.matchAll(replay), (match) => match[1]!))].sort();
    return { status, output, reports: reportsIn(join(this.#workspace.root, '.verify-exports')), replayed };
  }

  #restore(): void {
    for (const entry of this.#entries()) this.#workspace.remove(entry);
    this.#workspace.remove(LINKS);
    for (const entry of readdirSync(this.#snapshot)) this.#copy(this.#snapshot, this.#workspace.root, entry);
  }

  #entries(): readonly string[] {
    return readdirSync(this.#workspace.root).filter((entry) => entry !== 'node_modules');
  }

  #copy(from: string, to: string, entry: string): void {
    // Keeps the times, because Nx treats a file with the same time as unchanged.
    cpSync(join(from, entry), join(to, entry), {
      recursive: true,
      preserveTimestamps: true,
      verbatimSymlinks: true,
    });
  }
}

function pause(milliseconds: number): void {
  Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, milliseconds);
}

/** The links of the workspace's own packages. */
const LINKS = 'node_modules/@acme';

/** Reports inside a folder, by project. */
export function reportsIn(folder: string): ReadonlyMap<string, string> {
  if (!existsSync(folder)) return new Map();
  const files = readdirSync(folder, { recursive: true, encoding: 'utf8' });
  const texts = files
    .filter((file) => file.endsWith('report.json'))
    .map((file) => readFileSync(join(folder, file), 'utf8'));
  return new Map(texts.map((text) => [(JSON.parse(text) as { project: string }).project, text]));
}
