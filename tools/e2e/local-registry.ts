import { spawn } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { runCommand } from './nx-command';
import { packedTarballs } from './packed-tarballs';

/**
 * A registry with the packed packages, as users will find them, and everything that the configured registry has. It runs in a
 * separate process, because the commands of these tests block their own process.
 */
export class LocalRegistry {
  readonly url: string;
  readonly #process: ChildProcess;

  private constructor(process: ChildProcess, url: string) {
    this.#process = process;
    this.url = url;
  }

  static async start(): Promise<LocalRegistry> {
    const { engine, nx } = packedTarballs();
    const script = join(import.meta.dirname, 'registry-process.mjs');
    const child = spawn(process.execPath, [script, configuredRegistry(), engine, nx], {
      stdio: ['pipe', 'pipe', 'inherit'],
    });
    const [url] = (await once(createInterface({ input: child.stdout }), 'line')) as [string];
    return new LocalRegistry(child, url);
  }

  async stop(): Promise<void> {
    this.#process.stdin?.end();
    await once(this.#process, 'exit');
  }
}

/** @throws Error if npm has no registry */
export function configuredRegistry(): string {
  const { output } = runCommand(tmpdir(), 'npm', ['config', 'get', 'registry']);
  const registry = /^https?:\S+$/m.exec(output)?.[0];
  if (registry === undefined) throw new Error(`npm has no registry:\n${output}`);
  return registry.endsWith('/') ? registry : `${registry}/`;
}
