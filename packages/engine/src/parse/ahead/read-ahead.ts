import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { MessageChannel, receiveMessageOnPort, Worker } from 'node:worker_threads';
import type { MessagePort } from 'node:worker_threads';
import type { FilePath } from '../../model/place.js';
import type { WorkerStart } from './ahead-worker.js';
import type { AheadOrder, FileAhead } from './read-file-ahead.js';
import { SharedList } from './shared-list.js';

/** To start a worker takes as long as to read some hundred files. */
const FEWEST_FILES = 400;

/** Workers that read files ahead of the main thread, which needs most of them soon. */
export class ReadAhead {
  readonly #list: SharedList;
  readonly #indexes: Map<FilePath, number>;
  readonly #ports: MessagePort[] = [];
  readonly #ready = new Map<number, FileAhead>();

  private constructor(order: AheadOrder, script: string, workers: number) {
    this.#list = SharedList.of(order.files.length);
    this.#indexes = new Map(order.files.map((file, index) => [file, index]));
    for (let count = 0; count < workers; count++) {
      const { port1, port2 } = new MessageChannel();
      const start: WorkerStart = { order, shared: this.#list.buffer, port: port2 };
      const worker = new Worker(script, { workerData: start, transferList: [port2] });
      // What it has not read, the main thread reads.
      worker.on('error', () => undefined);
      worker.unref();
      this.#ports.push(port1);
    }
  }

  /**
   * @param workers how many, at least one
   * @returns undefined if it does not pay or is not allowed
   */
  static start(order: AheadOrder, workers: number): ReadAhead | undefined {
    // The sources of the engine have no such file.
    const script = fileURLToPath(new URL('./read-ahead.cjs', import.meta.url));
    if (order.files.length < FEWEST_FILES || !existsSync(script)) return undefined;
    try {
      return new ReadAhead(order, script, workers);
    } catch {
      // Node's permission model can forbid workers.
      return undefined;
    }
  }

  /** What a worker has read of a file. It is returned once; undefined if the caller has to read the file. */
  take(file: FilePath): FileAhead | undefined {
    const index = this.#indexes.get(file);
    if (index === undefined) return undefined;
    this.#indexes.delete(file);
    if (!this.#list.take(index)) return undefined;
    if (!this.#ready.has(index)) this.#receive();
    const found = this.#ready.get(index);
    this.#ready.delete(index);
    return found;
  }

  #receive(): void {
    for (const port of this.#ports) {
      for (let sent = receiveMessageOnPort(port); sent; sent = receiveMessageOnPort(port))
        for (const found of sent.message as readonly FileAhead[]) this.#ready.set(found.index, found);
    }
  }
}
