import { workerData } from 'node:worker_threads';
import type { MessagePort } from 'node:worker_threads';
import { textScanner } from '../../text-scan/scan-text.js';
import { readFileAhead } from './read-file-ahead.js';
import type { AheadOrder, FileAhead } from './read-file-ahead.js';
import { SharedList } from './shared-list.js';

/** A message has a price, so several files share one. */
const FILES_PER_MESSAGE = 8;

/** What a worker gets from `ReadAhead`. */
export interface WorkerStart {
  readonly order: AheadOrder;
  readonly shared: SharedArrayBuffer;
  readonly port: MessagePort;
}

readAll(workerData as WorkerStart);

function readAll({ order, shared, port }: WorkerStart): void {
  const list = new SharedList(shared);
  const scanner = textScanner(order.names);
  let unsent: FileAhead[] = [];
  const send = (): void => {
    if (unsent.length > 0) port.postMessage(unsent);
    for (const { index } of unsent) list.done(index, true);
    unsent = [];
  };
  for (let index = list.next(); index !== undefined; index = list.next()) {
    let found: FileAhead | undefined;
    try {
      found = readFileAhead(order, scanner, index);
    } catch {
      // The main thread reads it again, and reports why it cannot be read.
    }
    if (found) unsent.push(found);
    else list.done(index, false);
    if (unsent.length >= FILES_PER_MESSAGE || list.isAwaited) send();
  }
  send();
  port.close();
}
