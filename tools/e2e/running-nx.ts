import { spawn } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import { environment } from './nx-command';

/** An Nx command that runs until it is stopped. */
export class RunningNx {
  output = '';
  readonly #child: ChildProcess;
  readonly #ended: Promise<number | null>;
  #read = 0;

  constructor(root: string, ...args: readonly string[]) {
    this.#child = spawn(join(root, 'node_modules', '.bin', 'nx'), args, {
      cwd: root,
      env: environment(),
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    for (const stream of [this.#child.stdout!, this.#child.stderr!])
      stream.setEncoding('utf8').on('data', (text: string) => (this.output += text));
    this.#ended = new Promise((resolve) => this.#child.on('close', resolve));
  }

  /** Waits for the next text in the output. @returns the output up to its end */
  async until(text: string, seconds = 60): Promise<string> {
    for (let left = seconds * 50; left > 0; left--) {
      const at = this.output.indexOf(text, this.#read);
      if (at >= 0) {
        const printed = this.output.slice(this.#read, at + text.length);
        this.#read = at + text.length;
        return printed;
      }
      await setTimeout(20);
    }
    throw new Error(`"${text}" was not printed within ${seconds} s:\n${this.output}`);
  }

  /** The output since then. */
  get rest(): string {
    return this.output.slice(this.#read);
  }

  /** The processes that the command started, if the system can list them. */
  get descendants(): readonly number[] {
    const found: number[] = [];
    const visit = (pid: number): void => {
      const file = `/proc/${pid}/task/${pid}/children`;
      const children = existsSync(file) ? readFileSync(file, 'utf8').trim().split(' ').filter(Boolean) : [];
      for (const child of children.map(Number)) {
        found.push(child);
        visit(child);
      }
    };
    visit(this.#child.pid!);
    return found;
  }

  /** Sends a signal to the command itself. @returns its exit status */
  async stop(signal: NodeJS.Signals = 'SIGTERM'): Promise<number | null> {
    if (this.#child.exitCode === null) this.#child.kill(signal);
    return this.#ended;
  }
}

/** The processes that still exist after a short time. */
export async function survivors(pids: readonly number[], seconds = 10): Promise<readonly number[]> {
  let alive = pids;
  for (let left = seconds * 50; left > 0 && alive.length > 0; left--) {
    alive = alive.filter((pid) => isAlive(pid));
    if (alive.length > 0) await setTimeout(20);
  }
  return alive;
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return !/^State:\s+Z/m.test(readFileSync(`/proc/${pid}/status`, 'utf8'));
  } catch {
    return false;
  }
}
