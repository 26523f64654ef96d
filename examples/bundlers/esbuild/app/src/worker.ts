import { sum } from '@acme/shared';

addEventListener('message', (event: MessageEvent<number[]>) => postMessage(sum(event.data)));
