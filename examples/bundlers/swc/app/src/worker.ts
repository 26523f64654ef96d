import { parentPort } from 'node:worker_threads';
import { sum } from '@acme/shared';

parentPort?.once('message', (numbers: number[]) => parentPort?.postMessage(sum(numbers)));
