import { spawn } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import type { Environment } from './nx-command';

const TOKEN = 'for-the-test-alone';

/** A remote cache on this machine, in a separate process, because the commands of these tests block their own process. */
export class CacheServer {
  readonly env: Environment;
  readonly #process: ChildProcess;

  private constructor(process: ChildProcess, port: string) {
    this.#process = process;
    this.env = {
      NX_SELF_HOSTED_REMOTE_CACHE_SERVER: `http://127.0.0.1:${port}`,
      NX_SELF_HOSTED_REMOTE_CACHE_ACCESS_TOKEN: TOKEN,
    };
  }

  static async start(): Promise<CacheServer> {
    const child = spawn(process.execPath, [join(import.meta.dirname, 'serve-cache.mjs'), TOKEN], {
      stdio: ['pipe', 'pipe', 'inherit'],
    });
    const lines = createInterface({ input: child.stdout });
    const [port] = (await once(lines, 'line')) as [string];
    return new CacheServer(child, port);
  }

  async stop(): Promise<void> {
    this.#process.stdin?.end();
    await once(this.#process, 'exit');
  }
}
